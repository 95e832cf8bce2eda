package io.fovea.fetch;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Which prediction servers may be asked how they stand. */
public enum ServerReach {
    /** Those of this machine. */
    THIS_MACHINE {
        @Override
        boolean allows(InetAddress address) {
            try {
                return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
            } catch (SocketException unknown) {
                return false;
            }
        }
    },
    /** All, for a workbench that only the person at this machine can ask. */
    ANY {
        @Override
        boolean allows(InetAddress address) {
            return true;
        }
    };

    /** Whether an address may be connected to. */
    abstract boolean allows(InetAddress address);
}
