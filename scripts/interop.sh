#!/bin/sh
# Hold the evidence log against independent implementations in Go, as part of `make check`.
# Where a recent Go or its module proxy is missing this is not done, and said so; `make test-interop` insists.
set -eu
cd "$(dirname "$0")/.."

missing=
command -v go >/dev/null 2>&1 || missing="Go" absent="Go"
[ -n "$missing" ] || (cd tests/interop/go && go mod download) || missing="Go 1.26 or its module proxy" absent="Go 1.26 或其模块代理"
if [ -n "$missing" ]; then
    {
        echo "****************************************************************************************************"
        echo "NOT HELD AGAINST GO: $missing is missing here. What the log writes was checked by Feiyu alone in this run."
        echo "未与 Go 的独立实现互验：此处缺少 $absent。本次运行中，日志的输出只由飞鱼自己检查过。"
        echo "****************************************************************************************************"
    } >&2
    exit 0
fi
exec .venv/bin/python -m pytest -q -m campaign tests/interop/test_go.py
