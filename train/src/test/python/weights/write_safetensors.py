"""Writes src/test/resources/weights/every-type.safetensors with struct and NumPy alone.

Run in the folder train: python3 src/test/python/weights/write_safetensors.py
"""
import json
import struct

import numpy as np


def bfloat16(values):
    """Upper halves of the floats' bits; the values here need no rounding."""
    return (np.asarray(values, "<f4").view("<u4") >> 16).astype("<u2")


tensors = [
    ("f64", "F64", np.array([[0.1, -2.5], [1e300, 3.0]], "<f8")),
    ("f32", "F32", np.array([1.5, -0.0, np.inf, 1e-45], "<f4")),
    ("f16", "F16", np.array([1.0, -2.5, 65504.0, 5.9604645e-08, np.inf], "<f2")),
    ("bf16", "BF16", bfloat16([1.0, -2.5, 3.3895314e38, 0.15625])),
    ("i64", "I64", np.array([-1, 1 << 40], "<i8")),
    ("i32", "I32", np.array([-7, 2147483647], "<i4")),
    ("i16", "I16", np.array([-32768, 32767], "<i2")),
    ("i8", "I8", np.array([-128, 127], "i1")),
    ("u8", "U8", np.array([0, 255], "u1")),
    ("bool", "BOOL", np.array([True, False, True], "?")),
    ("scalar", "F32", np.array(42, "<f4")),
    ("empty", "F32", np.zeros((0, 3), "<f4")),
]
header = {"__metadata__": {"written-by": "numpy", "note": "äöü"}}
data = b""
for name, kind, values in tensors:
    raw = values.tobytes()
    header[name] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header, ensure_ascii=False).encode("utf-8")
with open("src/test/resources/weights/every-type.safetensors", "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text + data)
