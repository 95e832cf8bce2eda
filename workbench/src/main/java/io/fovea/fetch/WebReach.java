package io.fovea.fetch;

import io.fovea.download.Hosts;
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
            return Hosts.isPublic(address);
        }
    },
    /** All, this machine's and private networks' too. */
    ANY {
        @Override
        boolean allows(InetAddress address) {
            return true;
        }
    };

    /** Whether an address may be connected to. */
    abstract boolean allows(InetAddress address);

    /** Returns the word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
