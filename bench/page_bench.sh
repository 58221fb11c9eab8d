#!/usr/bin/env bash
# What a phone feels: bytes, first paint and readiness of each kind of page in Chromium, slowed four times.
set -euo pipefail
exec node "$(dirname -- "${BASH_SOURCE[0]}")/page_bench.mjs"
