#!/bin/sh
# SPDX-License-Identifier: MIT
# Pictures are XML, and are rendered where librsvg is here.
. tests/support.sh

is_xml() {
    python -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$1"
}

have "$PYTHON" || skip "there is no $PYTHON to read pictures as XML"
have rsvg-convert || skip 'rsvg-convert is not here: no picture is rendered'
map='cnicalc map --vpc 10.0.0.0/16 --vswitch a&b=10.0.0.0/20 --service-cidr 172.21.0.0/20 -o svg'
for command in "$map" 'cnicalc types --plot -o svg' \
    'cnicalc size --pods 9 --cpu 1 --memory 1Gi -o svg'; do
    $command >"$work/picture.svg"
    ! have "$PYTHON" || is_xml "$work/picture.svg" || fail "$command: not XML"
    ! have rsvg-convert || rsvg-convert "$work/picture.svg" -o "$work/picture.png" ||
        fail "$command: not rendered"
done
finish
