package io.fovea.fetch;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/** Which addresses of the web a server may fetch from. */
public enum WebReach {
    /** None. */
    OFF {
        @Override
        boolean allows(InetAddress address) {
            return false;
        }
    },
    /** Those of the public internet: not this machine's, not those of private networks, of links, or that are reserved. */
    PUBLIC {
        @Override
        boolean allows(InetAddress address) {
            return switch (address) {
                case Inet4Address four -> isPublic(four.getAddress());
                case Inet6Address six -> isGlobal(six.getAddress());
                default -> false;
            };
        }
    },
    /** All, this machine's and private networks' too. */
    ANY {
        @Override
        boolean allows(InetAddress address) {
            return true;
        }
    };

    /** Network and length of its prefix. Source: IANA IPv4 Special-Purpose Address Registry, and RFC 5771 for multicast. */
    private static final int[][] SPECIAL = {
        {0x00000000, 8}, // this network
        {0x0a000000, 8}, // private
        {0x64400000, 10}, // shared by carriers
        {0x7f000000, 8}, // loopback
        {0xa9fe0000, 16}, // link-local, where clouds keep their secrets
        {0xac100000, 12}, // private
        {0xc0000000, 24}, // protocol assignments
        {0xc0000200, 24}, // documentation
        {0xc0586300, 24}, // relays of 6to4
        {0xc0a80000, 16}, // private
        {0xc6120000, 15}, // benchmarks
        {0xc6336400, 24}, // documentation
        {0xcb007100, 24}, // documentation
        {0xe0000000, 4}, // multicast
        {0xf0000000, 4} // reserved, broadcast
    };

    /** Whether an address may be connected to. */
    abstract boolean allows(InetAddress address);

    /** Returns the word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isPublic(byte[] bytes) {
        int address = bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        for (int[] network : SPECIAL) if ((address ^ network[0]) >>> 32 - network[1] == 0) return false;
        return true;
    }

    /**
     * Of version 6 only global unicast, 2000::/3, and of it not what leads to addresses of version 4 or is set apart: 2001::/23 (Teredo and other
     * protocols), 2001:db8::/32 and 3fff::/20 (documentation), 2002::/16 (6to4). Source: IANA IPv6 Special-Purpose Address Registry.
     */
    private static boolean isGlobal(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (first >>> 13 != 1) return false;
        if (first == 0x2001 && (second < 0x0200 || second == 0x0db8)) return false;
        return first != 0x2002 && !(first == 0x3fff && second < 0x1000);
    }
}
