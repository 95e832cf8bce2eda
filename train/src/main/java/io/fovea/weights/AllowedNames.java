package io.fovea.weights;

import io.fovea.problem.Problem;
import io.fovea.weights.PickledValue.Role;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that a pickle of weights may use. Whoever unpickles by the book imports and calls whatever a file names, so any file
 * can run any program; here a name outside this list is refused before anything else is read, and those inside only describe values.
 */
final class AllowedNames {

    private static final Map<String, PickledValue> NAMES = names();

    private AllowedNames() {}

    /**
     * Returns what the name stands for.
     *
     * @throws Problem if it is not on the list
     */
    static PickledValue named(String module, String name, String where) {
        PickledValue known = NAMES.get(module + "." + name);
        if (known != null) return known;
        throw new Problem(
                "The file names \"" + shortened(module + "." + name)
                        + "\", which is no part of weights and could run any program; nothing was run",
                where,
                "take a file of weights only, written by torch.save(model.state_dict(), FILE); load this one with no"
                        + " program unless you trust who made it");
    }

    private static String shortened(String name) {
        return name.length() <= 200 ? name : name.substring(0, 200) + "…";
    }

    private static Map<String, PickledValue> names() {
        Map<String, PickledValue> names = new HashMap<>();
        role(
                names,
                Role.MAPPING,
                "collections.OrderedDict",
                "collections.defaultdict",
                "collections.Counter",
                "__builtin__.dict",
                "builtins.dict");
        role(names, Role.SIZE, "torch.Size");
        role(names, Role.TENSOR, "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2");
        role(names, Role.TYPED_TENSOR, "torch._utils._rebuild_tensor_v3");
        role(names, Role.PARAMETER, "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state");
        role(
                names,
                Role.PARAMETER_CLASS,
                "torch.nn.parameter.Parameter",
                "torch.nn.parameter.Buffer",
                "torch.autograd.variable.Variable");
        role(
                names,
                Role.OPAQUE,
                "torch.device",
                "torch.serialization._get_layout",
                "torch.strided",
                "torch.contiguous_format",
                "torch.channels_last",
                "torch.float8_e4m3fn",
                "torch.complex64",
                "torch.complex128",
                "numpy.core.multiarray.scalar",
                "numpy.core.multiarray._reconstruct",
                "numpy._core.multiarray.scalar",
                "numpy._core.multiarray._reconstruct",
                "numpy.dtype",
                "numpy.ndarray",
                "_codecs.encode",
                "__builtin__.set",
                "builtins.set",
                "__builtin__.frozenset",
                "builtins.frozenset",
                "__builtin__.complex",
                "builtins.complex",
                "__builtin__.slice",
                "builtins.slice",
                "datetime.datetime",
                "datetime.date",
                "datetime.timedelta",
                "pathlib.PosixPath",
                "pathlib.PurePosixPath");
        type(names, StoredType.F64, "Double", "float64", "double");
        type(names, StoredType.F32, "Float", "float32", "float");
        type(names, StoredType.F16, "Half", "float16", "half");
        type(names, StoredType.BF16, "BFloat16", "bfloat16");
        type(names, StoredType.I64, "Long", "int64", "long");
        type(names, StoredType.I32, "Int", "int32", "int");
        type(names, StoredType.I16, "Short", "int16", "short");
        type(names, StoredType.I8, "Char", "int8");
        type(names, StoredType.U64, "UInt64", "uint64");
        type(names, StoredType.U32, "UInt32", "uint32");
        type(names, StoredType.U16, "UInt16", "uint16");
        type(names, StoredType.U8, "Byte", "uint8");
        type(names, StoredType.BOOL, "Bool", "bool");
        names.put("torch.storage.UntypedStorage", new PickledValue.NumberType(StoredType.U8));
        names.put("torch.storage._UntypedStorage", new PickledValue.NumberType(StoredType.U8));
        names.put("torch.UntypedStorage", new PickledValue.NumberType(StoredType.U8));
        return Map.copyOf(names);
    }

    private static void role(Map<String, PickledValue> names, Role role, String... all) {
        for (String name : all) names.put(name, new PickledValue.Name(name, role));
    }

    private static void type(Map<String, PickledValue> names, StoredType type, String word, String... numbers) {
        PickledValue value = new PickledValue.NumberType(type);
        for (String kind : new String[] {"Storage", "Tensor"}) {
            names.put("torch." + word + kind, value);
            names.put("torch.cuda." + word + kind, value);
        }
        for (String number : numbers) names.put("torch." + number, value);
    }
}
