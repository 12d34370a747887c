#!/bin/sh
# Builds, writes the records, and prints the table. `--quick` leaves out the large files (2.6 GB in target/).
# TABLE and YAML name files of yours that are compared with bare parsers: a metadata CSV, a CITATION.cff.
set -eu
cd "$(dirname "$0")"
target=${CARGO_TARGET_DIR:-$PWD/../target}
data=$target/bench
for crate in .. floor steps; do
    # Without flags of the caller's: what is compared is built alike.
    (cd "$crate" && RUSTFLAGS='' CARGO_TARGET_DIR="$target" cargo build --quiet --release --locked)
done
programs=$target/release
records() {
    out=$data/$1
    shift
    [ -e "$out" ] || "$programs/records" "$out" "$@"
}
mkdir -p "$data"
records clean.ndjson --number 50000 --clean
records clean-1k.ndjson --number 1000 --clean
records clean-2k.ndjson --number 2000 --clean
records dirty.ndjson --number 50000 --dirty
records files --files --number 100 --clean
if [ "${1:-}" != --quick ]; then
    records large.ndjson --number 200000
    records large.json --number 770000 --array
fi
peer=$(command -v jsonschema-cli || true)
echo "$(date -u +%F), $(rustc --version | cut -d' ' -f1-2), $(uname -srm), $(getconf _NPROCESSORS_ONLN) processors," \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1), load $(cut -d' ' -f1 /proc/loadavg 2>/dev/null)"
echo
exec "$programs/compare" --programs "$programs" --data "$data" ${peer:+--peer "$peer"} \
    ${TABLE:+--table "$TABLE"} ${YAML:+--yaml "$YAML"} \
    --schema ../schemas/datacite/datacite-4.7.schema.json
