package org.syscope.filters.text;

import java.util.List;
import org.syscope.capture.event.Text;

/** Names of internet addresses and addresses of names. Never waits in {@link #name}: what is not known yet is asked for. */
public interface HostNames {

    /** Knows nothing. */
    HostNames NONE = new HostNames() {
        @Override
        public Text name(boolean ipv4, long high, long low) {
            return null;
        }

        @Override
        public List<byte[]> addresses(String name) {
            return List.of();
        }
    };

    /**
     * The name of an address; null if it is not known (yet).
     *
     * @param ipv4 whether the address is the lower 32 bits of {@code low}
     * @param high bits 0 to 63 of an IPv6 address
     * @param low bits 64 to 127 of an IPv6 address
     */
    Text name(boolean ipv4, long high, long low);

    /** The addresses of a name, 4 or 16 bytes each in network order; empty if it has none. May wait for the network. */
    List<byte[]> addresses(String name);
}
