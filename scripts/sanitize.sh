#!/bin/sh
# Build the native lanes with AddressSanitizer and UndefinedBehaviorSanitizer, in a copy of src/, and run the tests that drive them.
# Wants gcc with both libraries, for the sanitizers must stand before the interpreter. Arrow and Python take their memory from malloc, so that
# reading past a buffer of theirs is found too.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R src "$work/src"
rm -f "$work"/src/feiyu/_native/*.so
printf '%s\n' src/feiyu/_native/*.c | xargs -P 2 -I SOURCE sh -c 'gcc -O1 -g -shared -fPIC -std=c11 -fno-omit-frame-pointer \
    -fsanitize=address,undefined -fno-sanitize-recover=all "$1" -o "$2/src/feiyu/_native/$(basename "$1" .c).so"' sh SOURCE "$work"
# What bounds or measures the addresses of a whole process says nothing here, for a sanitizer's shadow takes terabytes of them: ORC, PDF, and
# workbooks other than XLSX are read in processes of their own that are bounded so. Campaigns have a verb of their own.
[ $# -gt 0 ] || set -- -n 2 --dist loadfile -m "not campaign" -k "not orc and not stripe" \
    --deselect tests/unit/scan/test_delimited.py::test_a_huge_line_costs_neither_memory_nor_time \
    --deselect tests/unit/scan/test_documents.py::test_the_text_of_a_pdf \
    --deselect tests/unit/scan/test_documents.py::test_bad_pdfs_are_refused_in_bounded_time \
    --deselect tests/unit/scan/test_excel.py::test_an_open_document_sheet_is_read \
    --deselect tests/unit/scan/test_excel.py::test_a_workbook_read_apart_reads_alike \
    tests/unit/scan tests/unit/seal/test_lanes.py tests/unit/seal/test_sm4.py tests/unit/seal/test_suites.py
LD_PRELOAD="$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)" \
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 UBSAN_OPTIONS=print_stacktrace=1 \
    ARROW_DEFAULT_MEMORY_POOL=system PYTHONMALLOC=malloc PYTHONPATH="$work/src" \
    .venv/bin/python -m pytest -q -p no:cacheprovider --capture=sys --timeout 1800 "$@"
