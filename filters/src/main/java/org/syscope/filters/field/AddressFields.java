package org.syscope.filters.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.filters.text.HostNames;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ServiceNames;

/** Addresses, ports, services and host names of the ends of an IP socket. */
final class AddressFields {

    private final HostNames hosts;
    private final boolean resolves;
    private final ServiceNames services;

    /**
     * Fields of ends.
     *
     * @param resolves whether ports are shown as services
     * @param services for constants of filters, and for ports where they are shown as services
     */
    AddressFields(HostNames hosts, boolean resolves, ServiceNames services) {
        this.hosts = hosts;
        this.resolves = resolves;
        this.services = services;
    }

    /** One end of a connection. */
    private enum End {
        CLIENT, SERVER, LOCAL, REMOTE
    }

    /** The field, null if it is not about an end of a socket. */
    Field create(FieldInfo info) {
        return switch (info.name()) {
            case "fd.ip", "fd.net" -> FdFields.fd(info, AddressFields::bothAddresses).quantifier(Quantifier.ENDS);
            case "fd.port" -> FdFields.fd(info, AddressFields::bothPorts).quantifier(Quantifier.ENDS);
            case "fd.proto" -> FdFields.fd(info, AddressFields::bothPorts).quantifier(Quantifier.ENDS).constant(this::port);
            case "fd.cip", "fd.cnet" -> address(info, End.CLIENT);
            case "fd.sip", "fd.snet" -> address(info, End.SERVER);
            case "fd.lip", "fd.lnet" -> address(info, End.LOCAL);
            case "fd.rip", "fd.rnet" -> address(info, End.REMOTE);
            case "fd.cport" -> port(info, End.CLIENT);
            case "fd.sport" -> port(info, End.SERVER);
            case "fd.lport" -> port(info, End.LOCAL);
            case "fd.rport" -> port(info, End.REMOTE);
            case "fd.cproto" -> service(info, End.CLIENT);
            case "fd.sproto" -> service(info, End.SERVER);
            case "fd.lproto" -> service(info, End.LOCAL);
            case "fd.rproto" -> service(info, End.REMOTE);
            case "fd.cip.name" -> name(info, End.CLIENT);
            case "fd.sip.name" -> name(info, End.SERVER);
            case "fd.lip.name" -> name(info, End.LOCAL);
            case "fd.rip.name" -> name(info, End.REMOTE);
            case "fd.is_server" -> FdFields.fd(info, (fd, c, out) -> TableFamily.bool(out, isServer(fd, c)));
            default -> null;
        };
    }

    private static boolean isLocal(FdInfo fd, EventContext context, boolean source) {
        if (fd.type.isIpv4()) {
            return context.state().interfaces().isLocal(source ? fd.sourceIpv4() : fd.destinationIpv4());
        }
        return source ? context.state().interfaces().isLocal(fd.sourceHigh, fd.sourceLow)
                : context.state().interfaces().isLocal(fd.destinationHigh, fd.destinationLow);
    }

    private static boolean isServer(FdInfo fd, EventContext context) {
        return fd.type.isServer() || fd.type.isInet() && isLocal(fd, context, false);
    }

    /** Whether the end is the source: 1 yes, 0 no, -1 if the socket has no such end or nobody knows which it is. */
    private static int isSource(FdInfo fd, EventContext context, End end) {
        if (!fd.type.isInet()) {
            return -1;
        }
        if (fd.type.isServer()) {
            return end == End.SERVER || end == End.LOCAL ? 1 : -1;
        }
        if (fd.role() == FdInfo.Role.UNKNOWN) {
            return -1;
        }
        return switch (end) {
            case CLIENT -> 1;
            case SERVER -> 0;
            case LOCAL -> isLocal(fd, context, true) ? 1 : 0;
            case REMOTE -> isLocal(fd, context, true) ? 0 : 1;
        };
    }

    // ---- addresses

    private static void put(FieldValue out, FdInfo fd, boolean source) {
        long high = source ? fd.sourceHigh : fd.destinationHigh;
        long low = source ? fd.sourceLow : fd.destinationLow;
        if (fd.type.isIpv6()) {
            bytes(out, high, 8);
            bytes(out, low, 8);
        } else {
            bytes(out, low, 4);
        }
    }

    private static void bytes(FieldValue out, long value, int count) {
        for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
            out.append((int) (value >>> shift));
        }
    }

    private static boolean bothAddresses(FdInfo fd, EventContext context, FieldValue out) {
        out.startSlices();
        if (fd.type.isInet()) {
            out.startElement();
            put(out, fd, true);
            out.endElement();
            if (!fd.type.isServer()) {
                out.startElement();
                put(out, fd, false);
                out.endElement();
            }
        }
        return true;
    }

    private static Field address(FieldInfo info, End end) {
        return FdFields.fd(info, (fd, c, out) -> {
            int source = isSource(fd, c, end);
            if (source < 0) {
                return false;
            }
            out.startBytes();
            put(out, fd, source == 1);
            return true;
        });
    }

    // ---- ports

    private String port(String text) throws FieldException {
        if (TableFamily.index(text) >= 0 || text.startsWith("0x")) {
            return text;
        }
        int port = services.port(text);
        if (port < 0) {
            throw new FieldException("unrecognized protocol " + text);
        }
        return Integer.toString(port);
    }

    private static boolean bothPorts(FdInfo fd, EventContext context, FieldValue out) {
        out.startNumbers();
        if (fd.type.isInet()) {
            out.addNumber(fd.sourcePort);
            if (!fd.type.isServer()) {
                out.addNumber(fd.destinationPort);
            }
        }
        return true;
    }

    private Field port(FieldInfo info, End end) {
        return FdFields.fd(info, (fd, c, out) -> {
            int source = isSource(fd, c, end);
            return source >= 0 && TableFamily.number(out, source == 1 ? fd.sourcePort : fd.destinationPort);
        }).constant(this::port);
    }

    private Field service(FieldInfo info, End end) {
        OutputBuffer buffer = new OutputBuffer();
        return FdFields.fd(info, (fd, c, out) -> {
            int source = isSource(fd, c, end);
            if (source < 0) {
                return false;
            }
            int port = source == 1 ? fd.sourcePort : fd.destinationPort;
            Text name = resolves ? services.name(port, fd.l4proto) : null;
            if (name != null) {
                return TableFamily.text(out, name);
            }
            buffer.clear();
            buffer.unsigned(port);
            out.setBytes(buffer.array(), 0, buffer.length());
            return true;
        });
    }

    // ---- names

    private Field name(FieldInfo info, End end) {
        Field address = address(info, end);
        return FdFields.fd(info, (fd, c, out) -> {
            int source = isSource(fd, c, end);
            if (source < 0) {
                return false;
            }
            Text name = source == 1 ? hosts.name(fd.type.isIpv4(), fd.sourceHigh, fd.sourceLow)
                    : hosts.name(fd.type.isIpv4(), fd.destinationHigh, fd.destinationLow);
            return name != null && TableFamily.text(out, name);
        }).comparison((operator, constants) -> names(address, operator, constants));
    }

    /** Equality asks for the addresses of the names beforehand and compares those, so that the first event counts too. */
    private FieldTest names(Field address, String operator, List<String> constants) {
        boolean equal = operator.equals("=") || operator.equals("==") || operator.equals("in");
        if (!equal && !operator.equals("!=")) {
            return null;
        }
        List<byte[]> wanted = new ArrayList<>();
        for (String constant : constants) {
            wanted.addAll(hosts.addresses(constant));
        }
        FieldValue value = new FieldValue();
        return context -> {
            if (!address.extract(context, value)) {
                return false;
            }
            for (int i = 0; i < wanted.size(); i++) {
                byte[] one = wanted.get(i);
                if (Arrays.equals(one, 0, one.length, value.bytes(), value.offset(), value.offset() + value.length())) {
                    return equal;
                }
            }
            return !equal;
        };
    }
}
