"""Writes the PyTorch files that PyTorchFileTest reads, and loads each again with torch.load as a check.

Usage: /usr/bin/python3 write_pytorch.py ../../resources/weights   (torch 1.13, NumPy)
"""

import collections
import io
import os
import pickle
import struct
import sys
import tarfile

import numpy
import torch


def state():
    base = torch.arange(10, dtype=torch.float32)
    shared = torch.tensor([1.5, 2.5, 3.5])
    values = collections.OrderedDict()
    values["module.conv.weight"] = torch.nn.Parameter(torch.arange(6, dtype=torch.float32).reshape(2, 3))
    values["module.half"] = torch.tensor([1.0, -2.5, 65504.0], dtype=torch.float16)
    values["module.bfloat"] = torch.tensor([1.0, -2.5], dtype=torch.bfloat16)
    values["module.double"] = torch.tensor([0.1, 1e300], dtype=torch.float64)
    values["module.long"] = torch.tensor([7, 2**40], dtype=torch.int64)
    values["module.int"] = torch.tensor([-7], dtype=torch.int32)
    values["module.short"] = torch.tensor([-32768], dtype=torch.int16)
    values["module.char"] = torch.tensor([-128], dtype=torch.int8)
    values["module.byte"] = torch.tensor([255], dtype=torch.uint8)
    values["module.bool"] = torch.tensor([True, False])
    values["module.transposed"] = torch.arange(6, dtype=torch.float32).reshape(2, 3).t()
    values["module.slice"] = base[3:7]
    values["module.column"] = base.reshape(5, 2)[:, 1]
    values["module.shared_a"] = shared
    values["module.shared_b"] = shared
    values["module.expanded"] = torch.tensor([4.0]).expand(2, 2)
    values["module.scalar"] = torch.tensor(42.0)
    values["module.empty"] = torch.zeros(0, 3)
    return values


def checkpoint():
    return {
        "epoch": 3,
        "arch": "tiny",
        "state_dict": state(),
        "best": numpy.float64(0.5),
        "optimizer": {"state": {0: {"step": 1, "exp_avg": torch.ones(2)}}, "lr": 1e-3},
        "milestones": collections.Counter([10, 20]),
        "when": None,
    }


class Evil:
    def __reduce__(self):
        return os.system, ("echo run > fovea-was-here",)


def record(key, kind, data, storage_type):
    """One storage as the tar form has it."""
    return pickle.dumps((key, "cpu", storage_type), 2) + struct.pack("<q", len(data) // kind) + data


def tensor_record(key, storage, kind, sizes, strides, offset):
    words = struct.pack("<i", len(sizes)) + b"\0" * 4
    words += struct.pack("<%dq" % len(sizes), *sizes) + struct.pack("<%dq" % len(strides), *strides)
    return pickle.dumps((key, storage, kind), 2) + words + struct.pack("<q", offset)


class Reference:
    def __init__(self, key):
        self.key = key


class TarPickler(pickle.Pickler):
    def persistent_id(self, value):
        return value.key if isinstance(value, Reference) else None


def tar(path):
    floats = struct.pack("<8f", *range(8))
    doubles = struct.pack("<2d", 0.5, -1.5)
    storages = pickle.dumps(2, 2)
    storages += record(11, 4, floats, torch.FloatStorage) + record(12, 8, doubles, torch.DoubleStorage)
    storages += pickle.dumps([(13, 11, 2, 4)], 2)
    tensors = pickle.dumps(4, 2)
    tensors += tensor_record(21, 11, torch.FloatTensor, (2, 4), (4, 1), 0)
    tensors += tensor_record(22, 12, torch.DoubleTensor, (2,), (1,), 0)
    tensors += tensor_record(23, 13, torch.FloatTensor, (2, 2), (1, 2), 0)
    tensors += tensor_record(24, 11, torch.FloatTensor, (3,), (1,), 5)
    out = io.BytesIO()
    values = collections.OrderedDict()
    values["features.0.weight"] = Reference(21)
    values["features.0.bias"] = Reference(22)
    values["classifier.weight"] = Reference(23)
    values["classifier.bias"] = Reference(24)
    TarPickler(out, 2).dump(values)
    with tarfile.open(path, "w:", format=tarfile.PAX_FORMAT) as archive:
        for name, content in (("storages", storages), ("tensors", tensors), ("pickle", out.getvalue())):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    loaded = torch.load(path)
    assert loaded["features.0.weight"].tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert loaded["features.0.bias"].tolist() == [0.5, -1.5]
    assert loaded["classifier.weight"].tolist() == [[2, 4], [3, 5]]
    assert loaded["classifier.bias"].tolist() == [5, 6, 7]


def old_parameter(path):
    """The tar form again, with a Parameter as torchvision's files of 2016 hold them."""
    storages = pickle.dumps(1, 2) + record(1, 4, struct.pack("<2f", 8, 9), torch.FloatStorage) + pickle.dumps([], 2)
    tensors = pickle.dumps(1, 2) + tensor_record(2, 1, torch.FloatTensor, (2,), (1,), 0)
    # An empty Parameter, then its state (tensor, gradient, hooks, requires_grad, volatile), step by step.
    words = b"\x80\x02ccollections\nOrderedDict\n)R" + b"X\x06\0\0\0weight"
    words += b"ctorch.nn.parameter\nParameter\n)\x81(K\x02QNN\x88\x89tbs."
    with tarfile.open(path, "w:", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in (("./storages", storages), ("./tensors", tensors), ("./pickle", words)):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def main(folder):
    def place(name):
        return os.path.join(folder, name)

    torch.manual_seed(1)
    torch.save(checkpoint(), place("every-type.zip.pth"))
    torch.save(checkpoint(), place("every-type.protocol4.pth"), pickle_protocol=4)
    torch.save(checkpoint(), place("every-type.stream.pth"), _use_new_zipfile_serialization=False)
    for name in ("every-type.zip.pth", "every-type.protocol4.pth", "every-type.stream.pth"):
        loaded = torch.load(place(name))["state_dict"]
        for key, value in state().items():
            assert torch.equal(loaded[key], value), key
    torch.save({"weight": torch.ones(1), "evil": Evil()}, place("evil.zip.pth"))
    torch.save({"weight": torch.ones(1), "evil": Evil()}, place("evil.stream.pth"), _use_new_zipfile_serialization=False)
    torch.save(torch.nn.Linear(1, 1), place("model.zip.pth"))
    torch.save({"epoch": 3}, place("no-tensors.zip.pth"))
    tar(place("layers.tar.pth"))
    old_parameter(place("parameter.tar.pth"))


main(sys.argv[1])
