#!/usr/bin/env node
import module from "node:module";

// Kept bytecode makes the second start faster; older versions of Node have no such cache.
module.enableCompileCache?.();
await import("../dist/cli.js");
