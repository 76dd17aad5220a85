package org.syscope.filters.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.syscope.capture.event.Text;

/**
 * Asks the system's resolver, in the background: the first event with an address shows no name, later ones do, unless
 * there is time to wait for answers. At most {@value #CAPACITY} addresses are remembered; further ones stay without a name.
 */
public final class DnsNames implements HostNames {

    private static final int CAPACITY = 4_096;

    private record Address(boolean ipv4, long high, long low) {
    }

    private final Map<Address, Text> names = new ConcurrentHashMap<>();
    private long patience;

    /**
     * Names that are asked for when they are wanted.
     *
     * @param patience how long {@link #name} may wait for answers, all its calls together, ns: 0 where events come as they
     *     happen
     */
    public DnsNames(long patience) {
        this.patience = patience;
    }

    @Override
    public Text name(boolean ipv4, long high, long low) {
        if ((high | low) == 0) {
            return null;
        }
        Address address = new Address(ipv4, high, low);
        Text known = names.get(address);
        if (known == null && names.size() < CAPACITY) {
            names.put(address, Text.EMPTY);
            known = await(Thread.ofVirtual().start(() -> resolve(address)), address);
        }
        return known == null || known.isEmpty() ? null : known;
    }

    private Text await(Thread asking, Address address) {
        if (patience > 0) {
            long start = System.nanoTime();
            try {
                asking.join(Duration.ofNanos(patience));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            patience -= System.nanoTime() - start;
        }
        return names.get(address);
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
