package io.fovea.fetch;

import io.fovea.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Fetches pictures by {@code http} and {@code https}, straight and not by a proxy, which would look names up by itself. Threads may share it. */
public final class WebPictures {

    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_ADDRESS = 4000;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final WebReach reach;
    private final int mostBytes;
    private final Duration longest;
    private final WebErrand errand;

    /**
     * Within limits of size, and of {@code 20} seconds for each picture.
     *
     * @param mostBytes of a picture's file
     */
    public WebPictures(WebReach reach, int mostBytes) {
        this(reach, mostBytes, LONGEST);
    }

    WebPictures(WebReach reach, int mostBytes, Duration longest) {
        this.reach = reach;
        this.mostBytes = mostBytes;
        this.longest = longest;
        this.errand = new WebErrand(longest);
    }

    /**
     * Returns the file at an address, whatever it is.
     *
     * @throws Problem if it may not be reached, does not answer, is no file, or is too large
     */
    public byte[] fetch(String address) {
        if (reach == WebReach.OFF)
            throw new Problem(
                    "This workbench does not fetch pictures from the web.",
                    shown(address),
                    "give the picture itself, or start the workbench with --urls public");
        try {
            return errand.done(open -> followed(address, open));
        } catch (TimeoutException late) {
            throw new Problem(
                    "The address did not answer in " + longest.toSeconds() + " seconds.",
                    shown(address),
                    "try again, or save the picture and give it as a file");
        } catch (TooLargeException large) {
            throw new Problem(
                    String.format(Locale.ROOT, "The file is larger than %d MB.", large.most() >> 20),
                    shown(address),
                    "make the picture smaller");
        } catch (IOException failure) {
            throw new Problem(
                    "The address cannot be fetched: " + failure.getMessage() + ".",
                    shown(address),
                    "check it in a browser, or save the picture and give it as a file",
                    failure);
        }
    }

    private byte[] followed(String address, AtomicReference<WebConnection> open) throws IOException {
        URI place = uri(address);
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            try (WebConnection connection = connected(place)) {
                open.set(connection);
                WebAnswer answer = WebAnswer.of(connection, place, Map.of("Accept", "image/*"), mostBytes);
                if (answer.status() == 200) return answer.body();
                if (answer.location().isEmpty())
                    throw new Problem(
                            "The address answers " + answer.status() + ".",
                            place.toString(),
                            "check it in a browser, or give the picture itself");
                place = uri(place.resolve(answer.location().get()).toString());
            } catch (IllegalArgumentException noAddress) {
                throw new IOException("it leads to something that is no address", noAddress);
            }
        }
        throw new Problem(
                "The address leads on more than " + MOST_REDIRECTS + " times.",
                shown(address),
                "save the picture and give it as a file");
    }

    private static URI uri(String address) {
        try {
            if (address.length() > LONGEST_ADDRESS) throw new URISyntaxException("", "It is too long");
            URI uri = new URI(address.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean isWeb = (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
            if (isWeb && uri.getUserInfo() == null) return uri;
        } catch (URISyntaxException otherwise) {
            // told below
        }
        throw new Problem(
                "This is no address of a picture on the web.",
                shown(address),
                "write one that begins with https:// or http://, without a user's name");
    }

    private WebConnection connected(URI place) throws IOException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(place.getHost().replaceAll("^\\[|]$", ""));
        } catch (UnknownHostException nobody) {
            throw new Problem(
                    "There is no machine \"" + place.getHost() + "\".", shown(place.toString()), "check the address");
        }
        // one that may not be reached among others is a trick as well
        if (!Arrays.stream(all).allMatch(reach::allows))
            throw new Problem(
                    "\"" + place.getHost()
                            + "\" is an address of this machine, of a private network, or one that is set apart.",
                    shown(place.toString()),
                    "give the picture itself, or start the workbench with --urls any if all who reach it may reach"
                            + " these too");
        return WebConnection.open(place, all);
    }

    private static String shown(String address) {
        return address.length() <= 200 ? address : address.substring(0, 200) + "…";
    }
}
