// Builds the citizen page and the staff console apart, so that neither carries the other's code.
/// <reference types="vitest/config" />
import { defineConfig } from "vite";
import vue from "@vitejs/plugin-vue";
import components from "unplugin-vue-components/vite";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";

export default defineConfig(({ mode }) => {
  const page = mode === "console" ? "console" : "citizen";
  return {
    base: "/",
    plugins: [
      vue(),
      ...(page === "console"
        ? [components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: "css" })] })]
        : []),
    ],
    build: {
      outDir: "dist",
      assetsDir: "assets",
      // One shared build would give the citizen every part of Vue that Element Plus uses (+15 kB).
      emptyOutDir: page === "citizen",
      target: "es2020",
      // The polyfill is an inline script in some setups; the policy forbids those and browsers have it.
      modulePreload: { polyfill: false },
      // A data: URL would need a wider policy for fonts and scripts.
      assetsInlineLimit: 0,
      rollupOptions: { input: `${page}.html` },
    },
    test: { include: ["src/**/*.test.ts"] },
  };
});
