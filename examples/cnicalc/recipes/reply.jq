# SPDX-License-Identifier: MIT
# What the recipes beside this file share: the replies they are given are whole, and of the shape
# that they know, or the recipe ends with a message and writes nothing.

# What a value is worth when it is not of a type: an error with its place.
def expect(kind; place):
  if type == kind then . else error("\(place) is \(if . == null then "missing" else "no \(kind)" end)") end;

# The documents of standard input, none of which is an error of the cloud or of Kubernetes.
def replies:
  [inputs]
  | if . == [] then error("there is no reply; did the command before fail?") else . end
  | map(if type != "object" then error("a reply is no object")
        elif has("Code") then error("a reply is an error: \(.Code): \(.Message)")
        elif .kind == "Status" then error("a reply is an error: \(.reason): \(.message)")
        else . end);

# The items of all pages of a list that says how many there are, each once.
def all_items(pages_of; id):
  map([(.TotalCount | expect("number"; "TotalCount of a reply")), pages_of])
  | .[0][0] as $total
  | map(.[1]) | add as $items
  | ($items | map(id | expect("string"; "an id of a reply"))) as $ids
  | if map(1) == [] then [] else . end
  | if ($ids | unique | length) != ($ids | length) then error("a page is there twice") else . end
  | if ($items | length) != $total
    then error("TotalCount is \($total), but \($items | length) are here: get the other pages")
    else $items end;

# An argument of cnicalc.
def argument(name; value): "--\(name)=\(value)";
