import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
const COMPRESSIBLE = /\.(?:html|js|css|svg|json|txt|webmanifest)$/;

/** Files the server hands out as they are, so that no request pays for compression at quality 11. */
function precompress(): Plugin {
  let outDir = "";
  return {
    name: "sekisho:precompress",
    apply: "build",
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const entries = await readdir(outDir, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (entry.isFile() && COMPRESSIBLE.test(entry.name))
          await compressBeside(join(entry.parentPath, entry.name));
      }
    },
  };
}

/** The document names every file by a hash of its content, so a hash of the document says which page this is (OPS-1). */
function namePage(): Plugin {
  return {
    name: "sekisho:name-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => {
        const content = createHash("sha256").update(html).digest("hex").slice(0, 16);
        return [{ tag: "meta", attrs: { name: "sekisho-page", content }, injectTo: "head" }];
      },
    },
  };
}

async function compressBeside(path: string): Promise<void> {
  const bytes = await readFile(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${path}.br`, await brotli(bytes, { params }));
  await writeFile(`${path}.gz`, await deflate(bytes, { level: 9 }));
}

/**
 * What a guest's page needs, in one file: many small ones compress badly and cost a request each. A module that is
 * missing here still works; it only lands in a file of its own.
 */
const FOR_GUESTS = [
  /\/node_modules\/(?:react|react-dom|scheduler)\//,
  /\/node_modules\/wouter\/src\/(?:react-deps|use-browser-location|use-sync-external-store)/,
  /\/lucide-react\/dist\/esm\/(?!icons)/,
  /\/apps\/web\/src\/ui\/(?:announcer|button|class-badge|code|code-input|cx|date-format|date-text|empty-state|fact-list|field)\./,
  /\/apps\/web\/src\/ui\/(?:guest-frame|identity-badge|ime|input|locale|logo|note|person-name|progress)\./,
  /\/apps\/web\/src\/ui\/(?:skip-link|switch|text-field)\./,
  /\/apps\/web\/src\/(?:i18n\/(?!more-)[a-z-]+\.ts|theme\/|app-shell\/(?:load-boundary|location|page-title|return-path|ui-provider)\.|app\.tsx|routes\.ts)/,
  /\/apps\/web\/src\/api\/(?:client|unsafe)\./,
  // Icons of entry and waiting room that other pages draw too: alone, each would be a file of its own.
  /\/lucide-react\/dist\/esm\/icons\/(?:door-closed|copy|user-check|log-out|mic|mic-off|video|video-off|check)\./,
];

/** What the room draws as well as entry and waiting room, for the same reason. */
const AT_THE_DOOR = [
  /\/apps\/web\/src\/features\/entry\/(?:entry-model|entry\.module|wait-text)\./,
  /\/apps\/web\/src\/media\/(?:browser-age|media-context|media-state|preferences|problems|signals)\./,
  /\/apps\/web\/src\/(?:meeting-shell\/(?:language-button|place)|api\/live\/use-command|meeting\/seat|ui\/use-key-down)\./,
  /\/lucide-react\/dist\/esm\/icons\/(?:circle-off|lock-keyhole|map-pin|message-square-text|shield-check)\./,
];

function isAtTheDoor(id: string): boolean {
  return AT_THE_DOOR.some((pattern) => pattern.test(id));
}

function isForGuests(id: string): boolean {
  return FOR_GUESTS.some((pattern) => pattern.test(id));
}

export default defineConfig(({ command, mode }) => {
  // A build is a production build whoever starts it: a test runner's NODE_ENV would otherwise put React's development
  // code, three times as large and with paths of this machine in it, into the pages that a later start serves.
  if (command === "build") process.env["NODE_ENV"] = "production";
  const gallery = mode === "gallery";
  return {
    root: import.meta.dirname,
    // Nobody debugs React in the product; the code that looks for such a tool is left out.
    ...(command === "build" ? { define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: "undefined" } } : {}),
    // React has it since version 18; what libraries bring along for older ones need not travel to a guest.
    resolve: { alias: { "use-sync-external-store/shim/index.js": "react" } },
    worker: { format: "es" },
    plugins: [react(), ...(gallery ? [] : [namePage(), precompress()])],
    build: {
      outDir: gallery ? "dist-gallery" : "dist",
      emptyOutDir: true,
      target: ["chrome107", "firefox104", "safari16"],
      // The CSP has no data: and no inline script, so nothing may be inlined and the polyfill is not wanted.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Which files a screen needs, for the transfer budget and for the server's preload header.
      manifest: true,
      rolldownOptions: {
        // Data only: a page that takes one constant of the contract must not carry the schemas beside it.
        treeshake: {
          moduleSideEffects: [{ test: /\/packages\/(?:contract|domain)\/src\//, sideEffects: false }],
        },
        output: {
          codeSplitting: {
            groups: [
              { name: "guest", test: isForGuests },
              { name: "door", test: isAtTheDoor },
            ],
          },
        },
        input: resolve(import.meta.dirname, gallery ? "src/gallery/index.html" : "index.html"),
      },
    },
  };
});
