#!/usr/bin/env bash
# The conformance tests on TensorFlow: operators, reference cases, CAM maps and embedded networks, after `gradcam-tui
# setup tensorflow` against a TensorFlow from pip. Where something outside this repository is missing, a compiler or
# the network, it says "skipped" and why, and ends well.
#
#	npm run build && test/tensorflow/run.sh [RESULTS.json]
#
# What is downloaded stays in a cache folder; TENSORFLOW_VERSION chooses another version than the newest that works.
set -euo pipefail
cd "$(dirname "$0")/../.."
results=$(realpath -m "${1:-/tmp/gradcam-tui-tensorflow.json}")
version=${TENSORFLOW_VERSION:-2.21.0}
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/gradcam-tui-ci
python=$cache/tensorflow-$version
package=$cache/tfjs-node
needed_gb=3

skip() {
	echo "TensorFlow: skipped: $1"
	exit 0
}

[ "$(uname -s)" = Linux ] || skip 'setup tensorflow works on Linux'
scratch=$(mktemp -d) || skip 'there is no temporary folder'
trap 'rm -rf "$scratch" "$python.$$" "$package.$$"' EXIT
mkdir -p "$cache" || skip "nothing can be written in $cache"

# SECONDS WHAT COMMAND…: what must not hang, and may fail for reasons of the machine's.
attempt() {
	local seconds=$1 what=$2
	shift 2
	timeout "$seconds" "$@" >"$scratch/log" 2>&1 </dev/null ||
		skip "$what ($(grep . "$scratch/log" | tail -n 1))"
}

[ "$(df -Pk "$cache" | awk 'NR == 2 {print int($4 / 2 ^ 20)}')" -ge $needed_gb ] ||
	skip "less than $needed_gb GB are free in $cache"
[ "$(uname -m)" != x86_64 ] || grep -qw avx /proc/cpuinfo || skip 'this processor lacks AVX, which TensorFlow needs'
attempt 30 'there is no make' make --version
echo 'int main() {}' >"$scratch/trial.cc"
attempt 30 'there is no C++ compiler that works' "${CXX:-c++}" -std=c++17 "$scratch/trial.cc" -o "$scratch/trial"
attempt 30 'Node has no headers beside it' \
	test -e "$(node -p 'require("node:path").resolve(process.execPath, "../../include/node/node_api.h")')"
attempt 30 'there is no pip' python3 -m pip --version

# Whole or not at all, since several checkouts may share the cache.
if [ ! -e "$python" ]; then
	# Only the libraries and headers are wanted, which are the same for every Python.
	attempt 100 "pip cannot install tensorflow-cpu $version" \
		python3 -m pip --timeout 15 --retries 1 install --quiet --no-deps --no-compile --no-cache-dir \
		--only-binary=:all: --python-version 3.11 --target "$python.$$" "tensorflow-cpu==$version"
	mv -T "$python.$$" "$python" || [ -e "$python" ]
fi

if [ ! -e "$package" ]; then
	mkdir "$package.$$"
	attempt 60 'npm cannot install @tensorflow/tfjs-node' \
		npm install --prefix "$package.$$" --ignore-scripts --no-audit --no-fund --fetch-timeout=15000 --fetch-retries=1 \
		@tensorflow/tfjs-node@4
	mv -T "$package.$$" "$package" || [ -e "$package" ]
fi

cli=$PWD/build/cli.js
# Not the user's own addon.
export XDG_DATA_HOME=$scratch
status=0
(cd "$package" && timeout 150 node "$cli" setup tensorflow --from "$python") || status=$?
# A slow machine is no fault of the code's, and what hangs in a test is ended by vitest.
[ "$status" -ne 124 ] || skip 'compiling took longer than 150 seconds'
[ "$status" -eq 0 ] || exit "$status"
tests=(test/ops/operators test/runtimes test/autodiff/linear/dense-tail.test.ts test/compute/explain.test.ts
	test/cam/golden.test.ts test/tensorflow)
# Vitest does not mind a name without a file.
ls -d "${tests[@]}" >/dev/null
# Older processors and GPUs have no oneDNN, which takes more than TensorFlow's own kernels do; TF_ENABLE_ONEDNN_OPTS=1 tests it.
GRADCAM_TUI_NEEDS_TENSORFLOW=1 TF_ENABLE_ONEDNN_OPTS=${TF_ENABLE_ONEDNN_OPTS:-0} timeout 300 npx vitest run "${tests[@]}" \
	--reporter=default --reporter=json --outputFile.json="$results" || status=$?
[ "$status" -ne 124 ] || skip 'the tests took longer than 300 seconds'
exit "$status"
