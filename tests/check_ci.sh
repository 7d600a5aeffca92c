#!/bin/sh
# SPDX-License-Identifier: MIT
# The examples for CI: the workflow is YAML with what a workflow needs, and each of its steps does what
# it says, with a terraform that shows a sample; a plan that is wrong, and a recipe that fails, fail it.
. tests/support.sh
have jq || skip_all 'jq is not here'
ci=$root/examples/ci
mkdir "$work/bin" "$work/dir"
cat >"$work/bin/terraform" <<EOF
#!/bin/sh
case "\$1 \$2" in
'show -json') cat "\${PLAN_JSON:-$root/tests/cloud/terraform_plan.json}" ;;
init*) ;;
plan*) : >plan.out ;;
*) exit 1 ;;
esac
EOF
chmod +x "$work/bin/terraform"
PATH=$work/bin:$PATH
CNICALC_RECIPES=$root/examples/cnicalc/recipes
export CNICALC_RECIPES
cp -R "$ci/network" "$work/dir"
cd "$work/dir"

# ---- The steps of the workflow, as bash runs them there: it ends at the first command that fails

cat >"$work/steps.py" <<'EOF'
import sys
import yaml

flow = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
assert set(flow) == {"name", True, "permissions", "jobs"}, flow  # `on` is true in YAML 1.1
assert flow[True]["pull_request"]["paths"]
assert all(job["runs-on"] for job in flow["jobs"].values())
steps = [step for job in flow["jobs"].values() for step in job["steps"]]
assert all(len({"uses", "run"} & set(step)) == 1 for step in steps), steps
for number, step in enumerate(step for step in steps if "run" in step):
    with open(f"{sys.argv[2]}{number}", "w", encoding="utf-8") as script:
        script.write(step["run"])
EOF
if have bash && have "$PYTHON" && python -c 'import yaml' 2>/dev/null; then
    python "$work/steps.py" "$ci/github.yml" "$work/step" || fail 'github.yml is no workflow'
    sed -i "s|/usr/local/share/cnicalc|$CNICALC_RECIPES|" "$work"/step?
    for step in "$work"/step?; do
        bash -e -o pipefail "$step" >"$work/out" 2>"$work/err" ||
            fail "$(cat "$step"): $(cat "$work/out" "$work/err")"
    done
    sed -i 's|10.10.4.0/22|10.10.3.0/22|' network/plan
    status=0
    bash -e "$work/step0" >"$work/out" || status=$?
    [ "$status" -eq 1 ] || fail "a wrong plan: status $status"
    grep -q '^::error file=network/plan,line=5,title=' "$work/out" || fail "$(cat "$work/out")"
    cp "$ci/network/plan" network/plan
else
    skip "bash and $PYTHON with yaml are not here: the workflow"
fi

# ---- The script for any CI

run() { # what it is, a status, arguments of the script
    what=$1
    expected=$2
    shift 2
    status=0
    sh "$ci/check_plan.sh" "$@" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" -eq "$expected" ] || fail "$what: status $status: $(cat "$work/out" "$work/err")"
}
run 'a plan' 0 network/plan
run 'what Terraform makes' 0
echo '--nodes=9' >>network/plan
run 'a malformed plan' 2 network/plan
sed 's/--pods=7500/--pods=75000/' "$ci/network/plan" >network/plan
run 'a plan that is too small' 1 network/plan
PLAN_JSON=$root/tests/cloud/vpc.json
export PLAN_JSON
run 'a recipe that fails' 2
finish
