# SPDX-License-Identifier: MIT
# What the recipes beside this file share: the replies they are given are whole, and of the shape
# that they know, or the recipe ends with a message and writes nothing.

# jq before 1.7 lets a `try` or a `?` catch what fails after it, so that an item is lost without a
# word. Inside an array it is over before anything else; so all of them here are.
def attempt(f; message): [try f catch error(message)][0];
def number_or_null: [tonumber?][0];

# A value that must be of a type.
def expect(kind; place):
  if type == kind then .
  else error("\(place) is \(if . == null then "missing" else "no \(kind)" end)") end;

# The documents of standard input, none of which is an error of the cloud or of Kubernetes.
def replies:
  [inputs]
  | if . == [] then error("there is no reply; did the command before fail?") else . end
  | map(if type != "object" then error("a reply is no object")
        elif has("Code") then error("a reply is an error: \(.Code): \(.Message)")
        elif .kind == "Status" then error("a reply is an error: \(.reason): \(.message)")
        else . end);

# The items of all pages of a list that says how many there are, each once.
def all_items(items_of_page; id):
  map(.TotalCount | expect("number"; "TotalCount of a reply")) as $totals
  | (map(items_of_page) | add) as $items
  | ($items | map(id | expect("string"; "an id of a reply"))) as $ids
  | if ($totals | unique | length) != 1 then error("TotalCount differs from page to page")
    elif ($ids | unique | length) != ($ids | length) then error("a page is there twice")
    elif ($ids | length) != $totals[0]
    then error("TotalCount is \($totals[0]), but \($ids | length) are here: get the other pages")
    else $items end;

# Terway's settings in its ConfigMap.
def eni_conf:
  .data.eni_conf | expect("string"; "eni_conf") | attempt(fromjson; "eni_conf is no JSON")
  | expect("object"; "eni_conf");

# An argument of cnicalc.
def argument(name; value): "--\(name)=\(value)";
