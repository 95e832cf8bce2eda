package io.fovea.download;

import io.fovea.problem.Problem;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;

/** Which hosts may be asked for a file. Whoever lets others name an address takes {@link #PUBLIC}. */
@FunctionalInterface
public interface Hosts {

    /** The variable of the environment that says {@code any} or {@code public}. */
    String VARIABLE = "FOVEA_DOWNLOADS";

    /** Any that can be reached. */
    Hosts ANY = address -> {};

    /**
     * Those of the public internet: not this machine, not its network, not what a cloud tells its machines (169.254.169.254), none of the ranges that
     * are set aside for other ends. Every address that a name stands for must be public. The JVM keeps what a
     * name stands for half a minute, so that it rarely means one thing here and another where the connection is made; whoever must be sure connects to
     * the address that was looked at ({@link #isPublic}). A name that nobody knows is left to the connection, which says so.
     *
     * <p>Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
     */
    Hosts PUBLIC = Hosts::checkPublic;

    /**
     * Looks at an address before it is asked, and at each that it sends on to.
     *
     * @throws Problem if its host may not be asked
     */
    void check(URI address);

    /** Returns what the environment says, or else {@code usual}. */
    static Hosts of(Map<String, String> environment, Hosts usual) {
        String word = environment.getOrDefault(VARIABLE, "");
        return switch (word) {
            case "" -> usual;
            case "any" -> ANY;
            case "public" -> PUBLIC;
            default ->
                throw new Problem(
                        "Expected any or public, found \"" + word + "\".",
                        "the environment, " + VARIABLE,
                        "set it to one of them, or unset it");
        };
    }

    private static void checkPublic(URI address) {
        String host = address.getHost();
        if (host == null) throw refused(address, "names no host");
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        InetAddress[] meant;
        try {
            meant = InetAddress.getAllByName(plain);
        } catch (UnknownHostException unknown) {
            return;
        }
        for (InetAddress each : meant) {
            if (isPublic(each)) continue;
            boolean isName = !each.getHostAddress().equals(plain);
            throw refused(
                    address, isName ? "leads to " + each.getHostAddress() + ", which is not public" : "is not public");
        }
    }

    private static Problem refused(URI address, String why) {
        return new Problem(
                "The address " + why + ".",
                String.valueOf(address.getHost()),
                "name one of the public internet; if it should be asked all the same, start Fovea with " + VARIABLE
                        + "=any in the environment");
    }

    /** Whether an address is one of the public internet. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        return switch (a) {
            case 0, 10, 127 -> false; // this network, private, loopback
            case 100 -> b < 64 || b > 127; // behind a provider's translation
            case 169 -> b != 254; // link-local
            case 172 -> b < 16 || b > 31; // private
            case 192 -> !(b == 168 || b == 0 && (c == 0 || c == 2) || b == 88 && c == 99);
            case 198 -> !(b == 18 || b == 19 || b == 51 && c == 100); // measurements, documentation
            case 203 -> !(b == 0 && c == 113); // documentation
            default -> a < 224; // multicast and reserved
        };
    }

    /** Of global unicast, 2000::/3, without what is set aside in it: 2001::/23, 2001:db8::/32, 2002::/16 (it holds an IPv4 address), 3fff::/20. */
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (first >> 13 != 1) return false;
        if (first == 0x2001) return second >= 0x0200 && second != 0x0db8;
        if (first == 0x3fff) return second >= 0x1000;
        return first != 0x2002;
    }
}
