# Sourced after common.sh: builds this checkout.

# build PRESET [TARGET…]: configures once and builds what changed, under a lock; exits 3 when it fails. Silent when
# there is nothing to do.
build() {
  local preset=$1 folder=$BASIN_HOME/build/$1 message
  shift
  [ $# = 0 ] || set -- "$@" basin_prebuild
  locked "$BASIN_HOME/build" build
  if [ ! -e "$folder/build.ninja" ]; then
    message="configuring the build ($preset)"
    # The folder of a configuration that failed half-way would be taken for a good one.
    logged "configure-$preset" "$message" cmake -S "$BASIN_HOME" -B "$folder" --preset "$preset" ||
      { rm -f "$folder/CMakeCache.txt" "$folder/build.ninja"; exit 3; }
  fi
  if ! ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    message="building what changed"
    [ -e "$folder/.ninja_log" ] || message="building for the first time (minutes)"
    logged "build-$preset" "$message" ninja -C "$folder" "$@" || exit 3
    # What the default design runs is made with the build: the first verify then starts at once. It makes what is lacking.
    logged "prebuild-$preset" "building the core of the bundled example for every engine" \
      "$folder/sim/compare/basin_prebuild" "$BASIN_HOME/examples/letters/design.toml" || say "verify will build it when it needs it"
  fi
  unlocked
}
