package org.syscope.filters.field;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.syscope.capture.event.Text;

/**
 * Asks the system's resolver, in the background: the first event with an address shows no name, later ones do. At most
 * {@value #CAPACITY} addresses are remembered; further ones stay without a name.
 */
public final class DnsNames implements HostNames {

    private static final int CAPACITY = 4_096;

    private record Address(boolean ipv4, long high, long low) {
    }

    private final Map<Address, Text> names = new ConcurrentHashMap<>();

    @Override
    public Text name(boolean ipv4, long high, long low) {
        Address address = new Address(ipv4, high, low);
        Text known = names.get(address);
        if (known == null && names.size() < CAPACITY) {
            names.put(address, Text.EMPTY);
            Thread.ofVirtual().start(() -> resolve(address));
        }
        return known == null || known.isEmpty() ? null : known;
    }

    private void resolve(Address address) {
        ByteBuffer bytes = ByteBuffer.allocate(address.ipv4() ? 4 : 16);
        if (address.ipv4()) {
            bytes.putInt((int) address.low());
        } else {
            bytes.putLong(address.high()).putLong(address.low());
        }
        try {
            InetAddress internet = InetAddress.getByAddress(bytes.array());
            String name = internet.getCanonicalHostName();
            if (!name.equals(internet.getHostAddress())) {
                names.put(address, Text.of(name));
            }
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<byte[]> addresses(String name) {
        List<byte[]> result = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(name)) {
                result.add(address.getAddress());
            }
        } catch (UnknownHostException e) {
            return List.of();
        }
        return result;
    }
}
