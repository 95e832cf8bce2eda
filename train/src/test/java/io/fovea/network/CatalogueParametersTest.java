package io.fovea.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and shapes of src/test/python/networks.py, so that public weights fit without a word. */
@DisplayName("Every tensor of the catalogue")
class CatalogueParametersTest {

    /**
     * What torchvision says of a network.
     *
     * @param parameters trained numbers
     * @param tensors    how many, running statistics included
     * @param sha256     of the lines "name shape"
     * @param lines      these lines; empty where the file keeps the hash alone
     */
    record Listing(String network, long parameters, int tensors, String sha256, List<String> lines) {
        @Override
        public String toString() {
            return network;
        }
    }

    static List<Listing> listings() {
        List<Listing> listings = new ArrayList<>();
        for (String line : text().split("\n")) {
            if (line.startsWith("#")) continue;
            if (line.startsWith(" ")) {
                listings.getLast().lines().add(line.strip());
            } else {
                String[] words = line.split(" ");
                listings.add(new Listing(
                        words[0], Long.parseLong(words[1]), Integer.parseInt(words[2]), words[3], new ArrayList<>()));
            }
        }
        return listings;
    }

    @ParameterizedTest
    @MethodSource("listings")
    void has_the_name_the_shape_and_the_place_that_it_has_in_pytorch(Listing listing) throws Exception {
        Network network = Catalogue.entry(listing.network()).network();

        List<String> lines = Parameters.of(network).stream()
                .map(CatalogueParametersTest::line)
                .toList();

        if (!listing.lines().isEmpty()) assertThat(lines).containsExactlyElementsOf(listing.lines());
        assertThat(lines).hasSize(listing.tensors());
        assertThat(sha256(lines)).isEqualTo(listing.sha256());
        assertThat(Inference.of(network).parameters()).isEqualTo(listing.parameters());
    }

    private static String line(ParameterSpecification parameter) {
        String shape =
                IntStream.of(parameter.shape()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
        return parameter.name() + " " + shape;
    }

    private static String sha256(List<String> lines) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String line : lines) digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String text() {
        try (InputStream file = CatalogueParametersTest.class.getResourceAsStream("parameters.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
