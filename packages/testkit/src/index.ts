export { launchBrowser, type TestBrowser, type TestBrowserOptions } from "./browser.ts";
export { startLiveKit, type TestLiveKit, type TestLiveKitOptions } from "./livekit.ts";
export { startPostgres, type TestDatabase, type TestPostgres, type TestPostgresOptions } from "./postgres.ts";
