package org.syscope.filters.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;

/** The services database (services(5)): names of ports and ports of names. Read when first asked. */
public final class ServiceNames {

    /** The database of this machine. */
    public static final Path SYSTEM_FILE = Path.of("/etc/services");

    private static final int PORTS = 65_536;

    private final Path file;
    private Text[] tcp;
    private Text[] udp;
    private final Map<String, Integer> ports = new HashMap<>();

    /** The database in a file; a file that cannot be read is a database without entries. */
    public ServiceNames(Path file) {
        this.file = file;
    }

    /**
     * The name of a port.
     *
     * @param port 0 to 65535
     * @param l4proto {@link FdInfo#L4_TCP} or {@link FdInfo#L4_UDP}; any other means that either will do
     * @return null if it has none
     */
    public Text name(int port, int l4proto) {
        load();
        Text name = l4proto == FdInfo.L4_UDP ? udp[port] : tcp[port];
        return name == null && l4proto != FdInfo.L4_UDP && l4proto != FdInfo.L4_TCP ? udp[port] : name;
    }

    /** The port of a service or of one of its aliases, -1 if there is none. */
    public int port(String service) {
        load();
        return ports.getOrDefault(service, -1);
    }

    private void load() {
        if (tcp != null) {
            return;
        }
        tcp = new Text[PORTS];
        udp = new Text[PORTS];
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return;
        }
        for (String line : lines) {
            int hash = line.indexOf('#');
            String[] words = (hash < 0 ? line : line.substring(0, hash)).trim().split("\\s+");
            if (words.length >= 2) {
                entry(words);
            }
        }
    }

    private void entry(String[] words) {
        int slash = words[1].indexOf('/');
        if (slash < 1 || !words[1].substring(0, slash).matches("[0-9]{1,5}")) {
            return;
        }
        int port = Integer.parseInt(words[1].substring(0, slash));
        String protocol = words[1].substring(slash + 1);
        if (port >= PORTS || !protocol.equals("tcp") && !protocol.equals("udp")) {
            return;
        }
        Text[] table = protocol.equals("tcp") ? tcp : udp;
        if (table[port] == null) {
            table[port] = Text.of(words[0]);
        }
        for (int i = 0; i < words.length; i++) {
            if (i != 1) {
                ports.putIfAbsent(words[i], port);
            }
        }
    }
}
