# Counts what bin/test runs. Sourced after lib.sh; one line a suite goes to the file $KEPT_TALLY,
# so that the sum survives a suite that ends the shell.

begin_tally() {
  KEPT_TALLY=$(mktemp)
  export KEPT_TALLY
  trap 'rm -f "$KEPT_TALLY" "$KEPT_TALLY.log"' EXIT
}

# note NAME PASSED FAILED: one line of the table at the end.
note() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-0}" >>"$KEPT_TALLY"; }

skip() {
  say "SKIPPED $1: $2"
  printf '%s\tskipped: %s\n' "$1" "$2" >>"$KEPT_TALLY"
}

# check NAME COMMAND…: passes when the command does.
check() {
  local name=$1 began=$SECONDS
  shift
  say "$name"
  if "$@"; then note "$name" 1 0 $((SECONDS - began)); else note "$name" 0 1 $((SECONDS - began)); fi
}

# tests NAME COMMAND…: counts the tests the command says it ran; running none is a failure.
tests() { count_tests 1 "$@"; }
may_be_empty() { count_tests 0 "$@"; }

count_tests() {
  local if_none=$1 name=$2 began=$SECONDS status=0 counted passed failed
  shift 2
  say "$name"
  "$@" 2>&1 | tee "$KEPT_TALLY.log" || status=$?
  counted=$(sum_of_results <"$KEPT_TALLY.log")
  read -r passed failed <<<"$counted"
  if [[ $status -eq 0 && $((passed + failed)) -eq 0 ]] && grep -q SKIPPED "$KEPT_TALLY.log"; then
    skip "$name" "see above"
    return
  fi
  if [[ $((passed + failed)) -eq 0 ]]; then failed=$if_none; fi
  if [[ $status -ne 0 && $failed -eq 0 ]]; then failed=1; fi
  note "$name" "$passed" "$failed" $((SECONDS - began))
}

# Reads the results of cargo-nextest (`Summary […] 3 tests run: 2 passed, 1 failed, 0 skipped`),
# of cargo test (`test result: ok. 2 passed; 0 failed; …`) and of our own suites
# (`faults: 2 passed, 0 failed`, or without the name); prints `PASSED FAILED`.
sum_of_results() {
  sed -E 's/\x1b\[[0-9;]*m//g' | awk '
    function before(word,  i) {
      for (i = 2; i <= NF; i++) if (index($i, word) == 1) return $(i - 1) + 0
      return 0
    }
    /Summary \[.*tests? run:/ { passed += before("passed"); failed += before("failed") + before("timed"); next }
    /^test result:/ { passed += before("passed"); failed += before("failed"); next }
    /^([a-z ]+: )?[0-9]+ passed, [0-9]+ failed$/ { passed += before("passed"); failed += before("failed") }
    END { print passed + 0, failed + 0 }'
}

# Prints the table and, as the last line, the sum. Fails when anything did.
end_tally() {
  local passed failed
  printf '\n'
  awk -F'\t' 'NF == 2 { printf "%-36s %s\n", $1, $2; next }
    { printf "%-36s %5d passed %3d failed %5d s\n", $1, $2, $3, $4 }' "$KEPT_TALLY"
  read -r passed failed < <(awk -F'\t' 'NF > 2 { p += $2; f += $3 } END { print p + 0, f + 0 }' "$KEPT_TALLY")
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}
