"""Second implementation of the bundle's rules, on Python's standard library alone: argument is the tar; prints JSON."""

import hashlib
import json
import sys
import tarfile

with tarfile.open(sys.argv[1], "r:") as tar:
    members = tar.getmembers()
    assert all(member.isreg() for member in members), "only plain files"
    roots = {member.name.split("/")[0] for member in members}
    assert len(roots) == 1, "one root folder"
    root = roots.pop()
    files = {member.name[len(root) + 1 :]: tar.extractfile(member).read() for member in members}

assert files["bagit.txt"] == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode("utf-8").splitlines())


def manifest(name):
    entries = {}
    for line in files[name].decode("utf-8").splitlines():
        digest, path = line.split("  ", 1)
        assert path not in entries and path.isascii()
        entries[path] = digest
    return entries


payload = {path for path in files if path.startswith("data/")}
free = {"signature.p7s", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"}
for prefix, expected in (("manifest", payload), ("tagmanifest", set(files) - payload - free)):
    for algorithm in ("sha256", "sha512"):
        entries = manifest(f"{prefix}-{algorithm}.txt")
        assert set(entries) == expected, f"{prefix}-{algorithm} lists other files"
        for path, digest in entries.items():
            assert hashlib.new(algorithm, files[path]).hexdigest() == digest, path

octets = sum(len(files[path]) for path in payload)
assert info["Payload-Oxum"] == f"{octets}.{len(payload)}"
delivery = json.loads(files["delivery.json"])
place = delivery["bag"]
assert info["Bag-Count"] == f"{place['number']} of {place['count']}"
assert ("group.json" in files) == (place["count"] > 1)
if "group.json" in files:
    group = json.loads(files["group.json"])
    own = group["bags"][place["number"] - 1]
    assert len(group["bags"]) == place["count"] and group["id"] == info["Bag-Group-Identifier"]
    assert own["manifest"] == hashlib.sha256(files["manifest-sha256.txt"]).hexdigest()
    assert (own["files"], own["bytes"]) == (len(payload), octets)
json.dump(
    {
        "root": root,
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in files.items()},
        "titles": json.loads(files["titles.json"]),
        "delivery": delivery,
        "group": info["Bag-Group-Identifier"],
    },
    sys.stdout,
)
