package io.fovea.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fovea.task.Measure;
import java.util.Locale;
import java.util.Optional;

/**
 * A measurement as one row of fields: those of the first versions, in which both ends of an interval are the value where none is known, and unit and
 * better after them.
 */
final class MeasurementJson {

    private MeasurementJson() {}

    /** As it stands in the file. */
    record Fields(
            String name,
            String on,
            double value,
            double low,
            double high,
            long count,
            Measure.Unit unit,
            Measure.Better better) {}

    static void addTo(SimpleModule module) {
        module.addSerializer(Measurement.class, new StdDelegatingSerializer(Measurement.class, new Writing()));
        module.addDeserializer(Measurement.class, new StdDelegatingDeserializer<>(new Reading()));
    }

    /** Adds unit and better, which up to version 1.3 only the name told. */
    static void complete(JsonNode measurement) {
        if (!(measurement instanceof ObjectNode fields)) return;
        String name = fields.path("name").asText().toLowerCase(Locale.ROOT);
        boolean error = name.startsWith("mean error");
        if (!fields.has("unit")) fields.put("unit", unit(name, error).name());
        if (!fields.has("better")) {
            boolean lower = error || name.equals("false alarms");
            fields.put("better", (lower ? Measure.Better.LOWER : Measure.Better.HIGHER).name());
        }
    }

    private static Measure.Unit unit(String name, boolean error) {
        if (name.startsWith("psnr")) return Measure.Unit.DECIBEL;
        if (!error) return Measure.Unit.SHARE;
        return name.endsWith("in pixels") ? Measure.Unit.PIXELS : Measure.Unit.VALUE;
    }

    private static final class Writing extends StdConverter<Measurement, Fields> {
        @Override
        public Fields convert(Measurement measurement) {
            Measure measure = measurement.measure();
            return new Fields(
                    measure.name(),
                    measurement.on(),
                    measure.value(),
                    measurement.low(),
                    measurement.high(),
                    measurement.count(),
                    measure.unit(),
                    measure.better());
        }
    }

    private static final class Reading extends StdConverter<Fields, Measurement> {
        @Override
        public Measurement convert(Fields fields) {
            Measure measure = new Measure(fields.name, fields.value, Optional.empty(), fields.unit, fields.better);
            boolean known = fields.low != fields.value || fields.high != fields.value;
            return new Measurement(known ? measure.within(fields.low, fields.high) : measure, fields.on, fields.count);
        }
    }
}
