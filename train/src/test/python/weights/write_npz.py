"""Writes the npz files that NpzTest reads.

Usage: /usr/bin/python3 write_npz.py ../../resources/weights   (NumPy)
"""

import os
import sys
import zipfile

import numpy


def arrays():
    values = {}
    for code in ("f8", "f4", "f2", "i8", "i4", "i2", "u8", "u4", "u2"):
        for order in ("<", ">"):
            values[("little " if order == "<" else "big ") + code] = numpy.array([[1, 2], [3, 100]], order + code)
    values["i1"] = numpy.array([-128, 127], "i1")
    values["u1"] = numpy.array([0, 255], "u1")
    values["bool"] = numpy.array([True, False])
    values["largest u8"] = numpy.array([2**64 - 1, 2**63], "u8")
    values["bfloat16"] = numpy.array([0x3F80, 0xC020], "<u2").view("V2")
    values["fortran"] = numpy.asfortranarray(numpy.arange(24, dtype="f4").reshape(2, 3, 4))
    values["scalar"] = numpy.float32(42)
    values["empty"] = numpy.zeros((0, 3), "f4")
    values["conv1/conv/kernel:0"] = numpy.array([1.5], "f4")
    values["names"] = numpy.array(["cat", "dog"])
    return values


def main(folder):
    numpy.savez(os.path.join(folder, "every-type.npz"), **arrays())
    numpy.savez_compressed(os.path.join(folder, "compressed.npz"), zeros=numpy.zeros((100, 100), "f4"), one=numpy.ones(1))
    with zipfile.ZipFile(os.path.join(folder, "versions.npz"), "w") as archive:
        for version in ((1, 0), (2, 0), (3, 0)):
            with archive.open("version%d.npy" % version[0], "w") as out:
                numpy.lib.format.write_array(out, numpy.array([version[0]], "f4"), version=version)
    numpy.savez(os.path.join(folder, "objects.npz"), ok=numpy.ones(1), evil=numpy.array([print], dtype=object))
    numpy.savez(os.path.join(folder, "complex.npz"), wave=numpy.array([1j]))


main(sys.argv[1])
