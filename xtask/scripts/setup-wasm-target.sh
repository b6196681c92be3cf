#!/usr/bin/env bash
# Provides std for wasm32-unknown-unknown to the active Rust toolchain.
#
#   setup-wasm-target.sh [--sources] [--check] [--from-source]
#
#   --sources      only the sources of std, for builds that make it anew
#   --check        only tells, by its exit status, whether it is there
#   --from-source  does not ask rustup
#
# rustup is asked first, with a time limit. Where it has no network, std is built
# from Debian's rust-src package of exactly the compiler's version; Debian's key
# vouches for it, and apt's own state stays as it is. RUST_SRC_DEB=FILE takes a
# package that is already here.
#
# The two ways never mix: two copies of std end every build with error E0464. A
# std built here carries a mark, and is taken away before rustup brings its own.
set -euo pipefail
export LC_ALL=C

readonly target=wasm32-unknown-unknown
readonly rustup_seconds=60
readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# Where rust-src of many versions is kept, newest practice first.
readonly suites=(trixie-backports forky sid bookworm-security trixie-security)
readonly packages=(rust-src rust-web-src)

note() { printf 'wasm target: %s\n' "$*"; }
fail() { printf 'wasm target: %s\n' "$*" >&2; exit 1; }

# Messages of other programs, without addresses.
quote_tail() { tail -n "$1" "$2" | sed -E 's#[a-z]+://[^[:space:]]+#(address)#g'; }

check_only=false from_source=false sources_only=false
for argument in "$@"; do
  case $argument in
    --sources) sources_only=true ;;
    --check) check_only=true ;;
    --from-source) from_source=true ;;
    --help|-h) sed -n '2,18s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) printf 'unknown argument: %s\n' "$argument" >&2; exit 2 ;;
  esac
done

sysroot=$(rustc --print sysroot)
version=$(rustc --version --verbose | sed -n 's/^release: //p')
commit=$(rustc --version --verbose | sed -n 's/^commit-hash: //p')
# Full paths: the toolchain must stay the same when the folder changes.
rustc=$sysroot/bin/rustc
cargo=$sysroot/bin/cargo
rustlib=$sysroot/lib/rustlib
std=$rustlib/$target
mark=$std/.built-from-source
rustup_manifest=$rustlib/manifest-rust-std-$target
sources=$rustlib/src/rust
readonly sources sysroot version commit rustc cargo rustlib std mark rustup_manifest

scratch=$(mktemp -d)
readonly scratch
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"   # apt reads its sources as another user

# Settings of the caller's build are not for the build of std.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET CARGO_TARGET_DIR
unset RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER

# Links a module that allocates, formats and hashes.
target_works() {
  printf '%s\n' \
    'use std::collections::BTreeSet;' \
    '#[unsafe(no_mangle)] pub extern "C" fn count(upto: u32) -> usize {' \
    '    (0..upto).map(|n| format!("{n:?}")).collect::<BTreeSet<_>>().len()' \
    '}' >"$scratch/probe.rs"
  "$rustc" --edition 2024 --crate-type cdylib --target "$target" \
    -o "$scratch/probe.wasm" "$scratch/probe.rs" >"$scratch/probe.log" 2>&1
}

# Takes away a std built here when rustup's has come beside it.
remove_second_copy() {
  [[ -f $rustup_manifest && -d $std/lib ]] || return 0
  grep -q E0464 "$scratch/probe.log" || return 0
  note "two copies of std: the one that is not rustup's goes"
  local library
  for library in "$std"/lib/*.rlib "$std"/lib/*.rmeta; do
    [[ -e $library ]] || continue
    grep -qF "$target/lib/${library##*/}" "$rustup_manifest" || rm -f "$library"
  done
  rm -f "$mark"
}

add_by_rustup() {
  command -v rustup >/dev/null || return 1
  if [[ -f $mark ]]; then rm -rf "$std"; fi
  note "asking rustup, at most $rustup_seconds s"
  timeout "$rustup_seconds" rustup target add --toolchain "${sysroot##*/}" "$target" \
    >"$scratch/rustup.log" 2>&1 && target_works
}

# Archives of this machine's own apt sources that end in /$1, in both file formats.
archives() {
  {
    awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:\/\//) { print $i; break } }' \
      /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true
    awk '$1 == "URIs:" { for (i = 2; i <= NF; i++) print $i }' \
      /etc/apt/sources.list.d/*.sources 2>/dev/null || true
  } | sed 's#/*$##' | { grep "/$1\$" || true; } | sort -u
}

# Runs an apt program on one suite of one archive, with a state of its own.
apt_in() {
  local state=$1; shift
  local program=$1; shift
  "$program" -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts="$state/none" \
    -o Dir::State::Lists="$state/lists" -o Dir::Cache="$state/cache" \
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}

# Puts the package of the compiler's version into $scratch; false when the suite has none.
fetch_from_suite() {
  local archive=$1 suite=$2 state=$scratch/apt package found
  rm -rf "$state"; mkdir -p "$state/none" "$state/lists/partial" "$state/cache/archives/partial"
  printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$archive" "$suite" >"$state/sources.list"
  if ! apt_in "$state" apt-get update >"$state/log" 2>&1; then
    note "$suite: $(quote_tail 1 "$state/log")"; return 1
  fi
  for package in "${packages[@]}"; do
    found=$(apt_in "$state" apt-cache madison "$package" | awk '{ print $3 }' \
      | { grep -m1 -E "^${version//./\\.}[-+~]" || true; })
    [[ -n $found ]] || continue
    note "$suite has $package $found"
    (cd "$scratch" && apt_in "$state" apt-get download "$package=$found" >"$state/log" 2>&1) && return 0
    note "$suite: $(quote_tail 1 "$state/log")"
  done
  return 1
}

may_use_debian() {
  case $version in *-*) fail "only stable compilers have a Debian source package, this is $version" ;; esac
  [[ -w $rustlib ]] || fail "$rustlib cannot be written to"
}

# Sets `deb` to the package.
find_sources() {
  local program suite archive kind
  if [[ -n ${RUST_SRC_DEB:-} ]]; then
    deb=$RUST_SRC_DEB
    [[ $(dpkg-deb --field "$deb" Version) == "$version"[-+~]* ]] || fail "$deb is not of version $version"
    return
  fi
  for program in apt-get apt-cache dpkg-deb; do
    command -v "$program" >/dev/null || fail "no $program here, and rustup could not do it: $wanted"
  done
  [[ -r $keyring ]] || fail "$keyring is missing (package debian-archive-keyring)"
  for suite in "${suites[@]}"; do
    kind=debian; [[ $suite != *-security ]] || kind=debian-security
    for archive in $(archives "$kind"); do
      if fetch_from_suite "$archive" "$suite"; then
        deb=$(find "$scratch" -maxdepth 1 -name '*.deb' | head -n 1); return
      fi
    done
  done
  fail "no Debian suite has the sources of $version; run: $wanted"
}

# Puts the sources of std where a compiler has them.
unpack_sources() {
  local library
  dpkg-deb --fsys-tarfile "$deb" \
    | tar --extract --directory "$scratch" --wildcards './usr/src/rustc-*/library' --exclude '*/library/vendor'
  library=$(find "$scratch/usr/src" -maxdepth 2 -type d -name library | head -n 1)
  [[ -f $library/sysroot/Cargo.toml ]] || fail "the package holds no library/sysroot"
  # Debian's cargo settings point at vendored crates that are not unpacked.
  rm -rf "$library/.cargo" "$sources/library"
  mkdir -p "$sources"
  mv "$library" "$sources/library"
}

# cargo asks for this file.
have_sources() { [[ -f $sources/library/Cargo.lock ]]; }

# The compiler's version is that of the sources: rustup and this script replace both.
provide_sources() {
  if have_sources; then note "sources of std $version are here"; exit 0; fi
  if $check_only; then note "no sources of std $version"; exit 1; fi
  if ! $from_source && command -v rustup >/dev/null; then
    note "asking rustup for rust-src, at most $rustup_seconds s"
    timeout "$rustup_seconds" rustup component add --toolchain "${sysroot##*/}" rust-src \
      >"$scratch/rustup.log" 2>&1 || true
    if have_sources; then note "rust-src added by rustup"; exit 0; fi
  fi
  wanted="rustup component add rust-src"
  may_use_debian
  find_sources
  unpack_sources
  have_sources || fail "the package holds no library/Cargo.lock"
  note "sources of std $version from Debian"; exit 0
}

# Builds std as a release has it: bitcode for link-time optimisation, and paths
# that do not tell of this machine.
build_std() {
  note "building std $version"
  (
    cd "$sources/library/sysroot"
    export RUSTC=$rustc RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=stable
    export CARGO_TARGET_DIR=$scratch/build
    export RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes
      --remap-path-prefix=$sources=/rustc/$commit
      --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
    RUSTFLAGS=$(tr -s ' \n' ' ' <<<"$RUSTFLAGS")
    "$cargo" build --release --locked --target "$target" --features backtrace
  ) >"$scratch/build.log" 2>&1 || { quote_tail 30 "$scratch/build.log" >&2; fail "std does not build"; }
}

install_std() {
  rm -rf "$std.new"
  mkdir -p "$std.new/lib"
  cp "$scratch/build/$target/release/deps/"*.rlib "$std.new/lib/"
  (cd "$std.new/lib" && ls) >"$std.new/${mark##*/}"
  rm -rf "$std"
  mv "$std.new" "$std"
}

if $sources_only; then provide_sources; fi
wanted="rustup target add $target"
if target_works; then note "works with rustc $version"; exit 0; fi
if $check_only; then note "missing for rustc $version"; exit 1; fi
remove_second_copy
if target_works; then note "works with rustc $version"; exit 0; fi
if ! $from_source && add_by_rustup; then note "added by rustup"; exit 0; fi
[[ ! -f $rustup_manifest ]] || fail "rustup has a std for $target that does not work; run: rustup target remove $target"
may_use_debian
find_sources
unpack_sources
build_std
install_std
target_works || { quote_tail 30 "$scratch/probe.log" >&2; fail "std is built and does not work"; }
note "std $version built from Debian's sources"
