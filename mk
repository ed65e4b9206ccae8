#!/bin/sh
# mk VARIANT targets...
v=$1; shift
case $v in asan) L=-fsanitize=address,undefined;; clang) L=-fsanitize=undefined;; *) L=;; esac
cd /tmp/lt && exec make CI=1 VARIANT=$v LDFLAGS="$L -Wl,--as-needed" "$@"
