# The program alone in an image: no shell, no libraries. Records are mounted:
#
#   docker build -t reclint .
#   docker run --rm -v "$PWD:/records:ro" reclint check

FROM rust:1.91-slim-bookworm AS build
WORKDIR /source
COPY . .
# A static binary, by the C library that is there. `tests/hooks/ci.py` builds the image where there is an engine.
RUN RUSTFLAGS="-C target-feature=+crt-static -C strip=symbols" \
    cargo build --release --locked --bin reclint --target "$(rustc -vV | sed -n 's/^host: //p')" \
 && cp target/*/release/reclint /reclint

FROM scratch
COPY --from=build /reclint /reclint
WORKDIR /records
ENTRYPOINT ["/reclint"]
