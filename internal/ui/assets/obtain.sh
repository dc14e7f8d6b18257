#!/bin/sh
# How the files under vendor/, icons/ and licenses/ were obtained: from npm, at
# exact versions. Nothing of Node is needed to build or to run Milepost; this is
# run by hand to change a version or to add an icon (its name goes into icons.txt).
# It needs npm and tar. SUMS is written anew: read its difference before committing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fetch() { # fetch <package@version> <folder>
	mkdir -p "$2"
	tar xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1
}

fetch htmx.org@4.0.1 htmx
fetch @tabler/icons@3.51.0 icons
fetch @fontsource-variable/inter@5.3.0 inter
fetch sortablejs@1.15.7 sortable

cp htmx/dist/htmx.min.js "$here/vendor/"
cp sortable/Sortable.min.js "$here/vendor/sortable.min.js"
for subset in latin latin-ext; do
	cp "inter/files/inter-$subset-wght-normal.woff2" "$here/vendor/"
done

# The first path of every icon is an empty frame, which the sheet does not need.
rm -f "$here"/icons/*.svg
while read -r name; do
	grep -v 'd="M0 0h24v24H0z"' "icons/icons/outline/$name.svg" >"$here/icons/$name.svg"
done <"$here/icons.txt"

mkdir bundle && cd bundle
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund echarts@6.1.0 zrender@6.1.0 tslib@2.3.0 esbuild@0.28.2
cp "$here/echarts-entry.js" .
npx --no-install esbuild echarts-entry.js --bundle --minify --format=iife \
	--global-name=echarts --target=es2020 --legal-comments=none \
	--outfile="$here/vendor/echarts.min.js" --log-level=warning

mkdir -p "$here/licenses"
cp ../htmx/LICENSE "$here/licenses/htmx.txt"
cp ../icons/LICENSE "$here/licenses/tabler-icons.txt"
cp ../inter/LICENSE "$here/licenses/inter.txt"
cp ../sortable/LICENSE "$here/licenses/sortable.txt"
cp node_modules/echarts/LICENSE "$here/licenses/echarts.txt"
cp node_modules/echarts/NOTICE "$here/licenses/echarts-notice.txt"
cp node_modules/zrender/LICENSE "$here/licenses/zrender.txt"
cp node_modules/tslib/LICENSE.txt "$here/licenses/tslib.txt"

cd "$here"
sha256sum vendor/* icons/* licenses/* >SUMS
