package io.fovea.wire;

import io.fovea.image.Pixels;
import io.fovea.image.Preprocessing;
import io.fovea.predict.Answer;
import io.fovea.predict.Classifier;
import io.fovea.predict.Mask;
import io.fovea.predict.PlacedPicture;
import io.fovea.predict.Prediction;
import io.fovea.predict.Reconstructed;
import io.fovea.predict.Reconstructor;
import io.fovea.predict.RegressedValue;
import io.fovea.predict.Regression;
import io.fovea.predict.Regressor;
import io.fovea.predict.Segmenter;
import io.fovea.predict.Tensor;
import io.fovea.problem.Problem;
import io.fovea.repository.LoadedModel;
import io.fovea.repository.ModelCall;
import io.fovea.task.ModelOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model by picture files: decoding, preparation and the answer in the picture's own units are the model's.
 *
 * <p>Outputs, for N pictures: of a classifier {@code probabilities} and {@code logits} [N, K]; of a regression {@code values} [N, T] in the
 * units of its targets and in pixels of the given pictures; of a segmentation {@code labels} [N, H, W] in their size, and {@code mask}, PNG
 * files; of a reconstruction {@code pixels} [N, H, W, C] 0 … 255, and {@code picture}, PNG files. What else the network gives, such as
 * {@code features}, can be asked for too.
 *
 * @param model the version
 */
public record PictureView(LoadedModel model) implements ModelView {

    /** The name of the input. */
    public static final String IMAGE = "image";

    private static final String LABELS = "labels";
    private static final String MASK = "mask";
    private static final String PICTURE = "picture";

    @Override
    public WireShape input() {
        return new WireShape(IMAGE, Datatype.BYTES, List.of(WireShape.ANY));
    }

    @Override
    public List<WireShape> outputs() {
        List<WireShape> outputs = new ArrayList<>(answers());
        for (WireShape other : TensorView.networkOutputs(model))
            if (outputs.stream().noneMatch(each -> each.name().equals(other.name())) && !isAnswered(other.name()))
                outputs.add(other);
        return outputs;
    }

    /** Maps before they are brought to the picture's size, and values before they have units, are for the other view. */
    private boolean isAnswered(String name) {
        return model.manifest().task().outputs(model.manifest().result().shape()).stream()
                .map(ModelOutput::name)
                .anyMatch(name::equals);
    }

    private List<WireShape> answers() {
        int names = model.manifest().task().names().size();
        return switch (model.decoder()) {
            case Classifier _ ->
                List.of(
                        new WireShape(ModelOutput.PROBABILITIES, Datatype.FP32, List.of(WireShape.ANY, names)),
                        new WireShape(ModelOutput.LOGITS, Datatype.FP32, List.of(WireShape.ANY, names)));
            case Regressor _ ->
                List.of(new WireShape(ModelOutput.VALUES, Datatype.FP64, List.of(WireShape.ANY, names)));
            case Segmenter _ ->
                List.of(
                        new WireShape(LABELS, Datatype.UINT8, List.of(WireShape.ANY, WireShape.ANY, WireShape.ANY)),
                        new WireShape(MASK, Datatype.BYTES, List.of(WireShape.ANY)));
            case Reconstructor _ -> {
                Preprocessing size = model.manifest().preprocessing();
                yield List.of(
                        new WireShape(
                                ModelOutput.PIXELS,
                                Datatype.UINT8,
                                List.of(WireShape.ANY, size.height(), size.width(), size.channels())),
                        new WireShape(PICTURE, Datatype.BYTES, List.of(WireShape.ANY)));
            }
        };
    }

    @Override
    public List<String> usual() {
        return answers().stream()
                .filter(each -> each.datatype() != Datatype.BYTES)
                .map(WireShape::name)
                .toList();
    }

    @Override
    public String answer() {
        return answers().getFirst().name();
    }

    @Override
    public Map<String, WireTensor> outputs(ModelCall call, WireTensor input, List<String> names) {
        List<byte[]> files = ((Content.Files) input.content()).values();
        List<PlacedPicture> pictures = new ArrayList<>();
        for (int i = 0; i < files.size(); i++)
            pictures.add(call.place(files.get(i), files.size() == 1 ? "the picture" : "picture " + i));
        List<String> answered = answers().stream().map(WireShape::name).toList();
        List<String> others =
                names.stream().filter(name -> !answered.contains(name)).toList();
        Map<String, WireTensor> network =
                others.isEmpty() ? Map.of() : TensorView.wire(call.outputs(normalised(pictures), others));
        List<? extends Answer> answers = others.size() == names.size() ? List.of() : call.answers(pictures);
        Map<String, WireTensor> outputs = new LinkedHashMap<>();
        for (String name : names) outputs.put(name, others.contains(name) ? network.get(name) : tensor(name, answers));
        return outputs;
    }

    private Tensor normalised(List<PlacedPicture> pictures) {
        return Tensor.batch(pictures.stream()
                .map(each -> model.decoder().model().normalise(each.prepared()))
                .toList());
    }

    private WireTensor tensor(String name, List<? extends Answer> answers) {
        int count = answers.size();
        return switch (answers.getFirst()) {
            case Prediction first -> {
                int classes = first.logits().length;
                float[] values = new float[Math.multiplyExact(count, classes)];
                for (int i = 0; i < count; i++) {
                    Prediction each = (Prediction) answers.get(i);
                    float[] row = name.equals(ModelOutput.LOGITS) ? each.logits() : each.probabilities();
                    System.arraycopy(row, 0, values, i * classes, classes);
                }
                yield new WireTensor(name, Datatype.FP32, List.of(count, classes), new Content.Floats(values));
            }
            case Regression first -> {
                double[] values = answers.stream()
                        .flatMap(each -> ((Regression) each).values().stream())
                        .mapToDouble(RegressedValue::value)
                        .toArray();
                yield new WireTensor(
                        name, Datatype.FP64, List.of(count, first.values().size()), new Content.Doubles(values));
            }
            case Mask first ->
                name.equals(MASK)
                        ? pictures(name, answers)
                        : octets(
                                name,
                                List.of(first.height(), first.width()),
                                answers.stream()
                                        .map(each -> (Mask) each)
                                        .peek(each -> checkSize(first, each))
                                        .map(Mask::labels)
                                        .toList());
            case Reconstructed first -> {
                Pixels size = first.picture();
                yield name.equals(PICTURE)
                        ? pictures(name, answers)
                        : octets(
                                name,
                                List.of(size.height(), size.width(), size.channels()),
                                answers.stream()
                                        .map(each ->
                                                ((Reconstructed) each).picture().values())
                                        .toList());
            }
        };
    }

    private void checkSize(Mask first, Mask other) {
        if (first.height() == other.height() && first.width() == other.width()) return;
        throw new Problem(
                "Pictures of " + first.width() + "x" + first.height() + " and " + other.width() + "x" + other.height()
                        + " pixels have no labels of one shape.",
                "model \"" + model.name() + "\"",
                "send pictures of different sizes one by one, or ask for the output \"" + MASK + "\"");
    }

    private static WireTensor pictures(String name, List<? extends Answer> answers) {
        List<byte[]> files =
                answers.stream().map(each -> each.png().orElseThrow()).toList();
        return new WireTensor(name, Datatype.BYTES, List.of(files.size()), new Content.Files(files));
    }

    private static WireTensor octets(String name, List<Integer> each, List<byte[]> parts) {
        int length = parts.getFirst().length;
        byte[] values = new byte[Math.multiplyExact(parts.size(), length)];
        for (int i = 0; i < parts.size(); i++) System.arraycopy(parts.get(i), 0, values, i * length, length);
        List<Integer> shape = new ArrayList<>(List.of(parts.size()));
        shape.addAll(each);
        return new WireTensor(name, Datatype.UINT8, shape, new Content.Octets(values));
    }
}
