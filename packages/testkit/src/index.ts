export { createClient, type Client, type TestStream } from "./client.ts";
export { launchBrowser, type TestBrowser, type TestBrowserOptions } from "./browser.ts";
export { startLiveKit, type TestLiveKit, type TestLiveKitOptions } from "./livekit.ts";
export { owner, startProduct, type Product, type ProductOptions, type ProductProcess } from "./product.ts";
export { startPostgres, type TestDatabase, type TestPostgres, type TestPostgresOptions } from "./postgres.ts";
