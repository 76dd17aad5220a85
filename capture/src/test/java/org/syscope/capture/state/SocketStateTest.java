package org.syscope.capture.state;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.syscope.capture.state.EventBuilder.address;
import static org.syscope.capture.state.EventBuilder.mapped;
import static org.syscope.capture.state.EventBuilder.tuple;
import static org.syscope.capture.state.EventBuilder.tuple6;
import static org.syscope.capture.state.EventBuilder.unix;

/** What calls on sockets do to their names, ends and roles, as recorded by drivers of both generations. */
final class SocketStateTest {

    private static final long EINPROGRESS = -115;

    private final SystemState state = new SystemState(null);
    private final ThreadInfo thread = new ThreadInfo(100);

    @BeforeEach
    void addThread() {
        thread.pid = 100;
        state.threads().add(thread);
        state.listsComplete();
    }

    private void process(EventBuilder builder) {
        state.process(builder.build());
    }

    private FdInfo socket(long fd, int domain, int type, int protocol) {
        process(new EventBuilder(EventCodes.PPME_SOCKET_SOCKET_X).with("fd", fd).with("domain", domain).with("type", type)
                .with("proto", protocol));
        return thread.fd(fd);
    }

    @Test
    void socketsHaveTypeAndProtocol() {
        assertThat(socket(3, 2, 1, 0).l4proto).isEqualTo(FdInfo.L4_TCP);
        assertThat(socket(4, 2, 2 | 0x80000, 0).l4proto).isEqualTo(FdInfo.L4_UDP);
        assertThat(thread.fd(4).cloexec()).isTrue();
        assertThat(socket(5, 10, 3, 255).l4proto).isEqualTo(FdInfo.L4_RAW);
        assertThat(socket(6, 2, 2, 1).l4proto).isEqualTo(FdInfo.L4_ICMP);
        assertThat(socket(7, 1, 1, 0).type).isEqualTo(FdType.UNIX);
        assertThat(socket(8, 16, 3, 0).type).isEqualTo(FdType.NETLINK);
        assertThat(socket(9, 17, 3, 0).type).isEqualTo(FdType.UNKNOWN);
        assertThat(thread.fd(5).type).isEqualTo(FdType.IPV6);
    }

    @Test
    void socketOfTheOlderGenerationTellsInItsEnterEvent() {
        process(new EventBuilder(EventCodes.PPME_SOCKET_SOCKET_E).with("domain", 2).with("type", 2).with("proto", 0));
        state.process(new EventBuilder(EventCodes.PPME_SOCKET_SOCKET_X).with("fd", 3).build(1));
        assertThat(thread.fd(3).type).isEqualTo(FdType.IPV4);
        assertThat(thread.fd(3).l4proto).isEqualTo(FdInfo.L4_UDP);
    }

    @Test
    void aPairIsTwoUnixSockets() {
        process(new EventBuilder(EventCodes.PPME_SOCKET_SOCKETPAIR_X).with("res", 0).with("fd1", 3).with("fd2", 4)
                .with("source", 0xabcL).with("peer", 0xdefL));
        assertThat(thread.fd(3).sourceLow).isEqualTo(0xabc);
        assertThat(thread.fd(4).destinationLow).isEqualTo(0xdef);
        process(new EventBuilder(EventCodes.PPME_SOCKET_SOCKETPAIR_X).with("res", 0).with("fd1", -1).with("fd2", -1));
        assertThat(thread.fds().size()).isEqualTo(2);
    }

    @Test
    void bindMakesAServer() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", address("127.0.0.1", 8080))
                .with("fd", 3));
        FdInfo fd = thread.fd(3);
        assertThat(fd.type).isEqualTo(FdType.IPV4_SERVER);
        assertThat(fd.name).hasToString("127.0.0.1:8080");
        assertThat(fd.role()).isEqualTo(FdInfo.Role.SERVER);
        assertThat(fd.sourceIpv4()).isEqualTo(0x7f000001);
        socket(4, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", address("0.0.0.0", 0)).with("fd", 4));
        assertThat(thread.fd(4).type).isEqualTo(FdType.IPV4);
        assertThat(thread.fd(4).name).hasToString("0.0.0.0:0");
    }

    @Test
    void bindToAMappedOrIpv6AddressAndToAPath() {
        socket(3, 10, 1, 0);
        byte[] mapped = ByteBuffer.allocate(19).put((byte) 10).put(mapped("10.0.0.1")).put((byte) 80).array();
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", mapped).with("fd", 3));
        assertThat(thread.fd(3).type).isEqualTo(FdType.IPV4_SERVER);
        assertThat(thread.fd(3).name).hasToString("10.0.0.1:80");
        socket(4, 10, 1, 0);
        byte[] six = ByteBuffer.allocate(19).put((byte) 10).put(1, (byte) 0xfe).put(2, (byte) 0x80).put(16, (byte) 1)
                .put(17, (byte) 80).array();
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", six).with("fd", 4));
        assertThat(thread.fd(4).type).isEqualTo(FdType.IPV6_SERVER);
        assertThat(thread.fd(4).name).hasToString("fe80::1:80");
        socket(5, 1, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_E).with("fd", 5));
        state.process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0)
                .with("addr", "\u0001/run/x.sock").build(2));
        assertThat(thread.fd(5).name).hasToString("/run/x.sock");
    }

    @Test
    void connectMakesAClientInBothGenerations() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", tuple("10.0.0.2", 40000, "10.0.0.1", 80)).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:40000->10.0.0.1:80");
        assertThat(thread.fd(3).role()).isEqualTo(FdInfo.Role.CLIENT);
        assertThat(thread.fd(3).connected()).isTrue();
        socket(4, 2, 1, 0);
        state.process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_E).with("fd", 4).build(1));
        assertThat(state.fd().name).hasToString("0.0.0.0:0->0.0.0.0:0");
        state.process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", EINPROGRESS)
                .with("tuple", tuple("10.0.0.2", 40001, "10.0.0.1", 81)).build(2));
        assertThat(thread.fd(4).name).hasToString("10.0.0.2:40001->10.0.0.1:81");
    }

    @Test
    void theAddressOfTheEnterEventWins() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_E).with("fd", 3).with("addr", address("1.2.3.4", 443)));
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", tuple("10.0.0.2", 40000, "9.9.9.9", 53)).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:40000->1.2.3.4:443");
    }

    @Test
    void aFailedConnectLeavesTheSocketAlone() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", -111)
                .with("tuple", tuple("10.0.0.2", 40000, "10.0.0.1", 80)).with("fd", 3));
        assertThat(thread.fd(3).name).isEqualTo(Text.EMPTY);
        assertThat(thread.fd(3).role()).isEqualTo(FdInfo.Role.UNKNOWN);
    }

    @Test
    void aSecondUdpConnectGoesElsewhere() {
        socket(3, 2, 2, 0);
        for (int port : new int[] {53, 54}) {
            process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                    .with("tuple", tuple("10.0.0.2", 4000, "10.0.0.1", port)).with("fd", 3));
        }
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:4000->10.0.0.1:54");
    }

    @Test
    void mappedIpv6IsIpv4AndUnixHasBothPointers() {
        socket(3, 10, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", tuple6(mapped("10.0.0.2"), 4000, mapped("10.0.0.1"), 80)).with("fd", 3));
        assertThat(thread.fd(3).type).isEqualTo(FdType.IPV4);
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:4000->10.0.0.1:80");
        socket(4, 1, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", unix(0xffff880012340000L, 0xabcdef, "/run/dbus")).with("fd", 4));
        assertThat(thread.fd(4).name).hasToString("ffff880012340000->abcdef /run/dbus");
    }

    @Test
    void anEmptyTupleIsMadeUpForByTheAddress() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0).with("fd", 3)
                .with("addr", address("1.2.3.4", 443)));
        assertThat(thread.fd(3).name).hasToString("0.0.0.0:0->1.2.3.4:443");
    }

    @Test
    void acceptMakesAServerConnection() {
        process(new EventBuilder(EventCodes.PPME_SOCKET_ACCEPT4_6_X).with("fd", 5)
                .with("tuple", tuple("10.0.0.9", 5000, "10.0.0.1", 80)).with("flags", 0x80000));
        FdInfo fd = thread.fd(5);
        assertThat(fd.name).hasToString("10.0.0.9:5000->10.0.0.1:80");
        assertThat(fd.role()).isEqualTo(FdInfo.Role.SERVER);
        assertThat(fd.l4proto).isEqualTo(FdInfo.L4_TCP);
        assertThat(fd.connected()).isTrue();
        process(new EventBuilder(EventCodes.PPME_SOCKET_ACCEPT_X).with("fd", 6).with("tuple", unix(1, 2, "")));
        assertThat(thread.fd(6).type).isEqualTo(FdType.UNIX);
        assertThat(thread.fd(6).name).hasToString("1->2 ");
    }

    @Test
    void aDatagramServerLearnsItsClients() {
        socket(3, 2, 2, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", address("0.0.0.0", 53))
                .with("fd", 3));
        process(new EventBuilder(EventCodes.PPME_SOCKET_RECVFROM_X).with("res", 10)
                .with("tuple", tuple("10.0.0.9", 6000, "10.0.0.1", 53)).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("10.0.0.9:6000->10.0.0.1:53");
        process(new EventBuilder(EventCodes.PPME_SOCKET_SENDTO_X).with("res", 10).with("fd", 3)
                .with("tuple", tuple("10.0.0.1", 53, "10.0.0.7", 7000)));
        assertThat(thread.fd(3).name).hasToString("10.0.0.7:7000->10.0.0.1:53");
    }

    @Test
    void aDatagramClientKeepsItsSideWhicheverWayDataGoes() {
        socket(3, 2, 2, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_SENDTO_E).with("fd", 3)
                .with("tuple", tuple("10.0.0.2", 4000, "8.8.8.8", 53)));
        state.process(new EventBuilder(EventCodes.PPME_SOCKET_SENDTO_X).with("res", 10).build(2));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:4000->8.8.8.8:53");
        process(new EventBuilder(EventCodes.PPME_SOCKET_RECVMSG_X).with("res", 10)
                .with("tuple", tuple("9.9.9.9", 53, "10.0.0.2", 4000)).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:4000->9.9.9.9:53");
        assertThat(thread.fd(3).role()).isEqualTo(FdInfo.Role.CLIENT);
    }

    @Test
    void sendingOverAnUnknownFdMakesAUdpSocket() {
        process(new EventBuilder(EventCodes.PPME_SOCKET_SENDTO_X).with("res", 10).with("fd", 9)
                .with("tuple", tuple("10.0.0.2", 4000, "8.8.8.8", 53)));
        assertThat(thread.fd(9).l4proto).isEqualTo(FdInfo.L4_UDP);
        assertThat(thread.fd(9).name).hasToString("10.0.0.2:4000->8.8.8.8:53");
    }

    @Test
    void icmpHasNoPortsAndTheUnknownIsSaidToBe() {
        socket(3, 2, 2, 1);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", tuple("10.0.0.2", 1, "10.0.0.1", 2)).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2->10.0.0.1");
        socket(4, 2, 5, 132);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0)
                .with("tuple", tuple("10.0.0.2", 1, "10.0.0.1", 2)).with("fd", 4));
        assertThat(thread.fd(4).name).hasToString("<unknown>");
    }

    @Test
    void socketsFromListsAreTurnedByTheServersPorts() {
        FdInfo server = new FdInfo(FdType.IPV4_SERVER);
        server.ipv4(0, 80, 0, 0);
        server.l4proto = FdInfo.L4_TCP;
        thread.fds().put(3, server);
        FdInfo accepted = new FdInfo(FdType.IPV4);
        accepted.ipv4(0x0a000001, 80, 0x0a000009, 5000);
        accepted.l4proto = FdInfo.L4_TCP;
        thread.fds().put(4, accepted);
        FdInfo outgoing = new FdInfo(FdType.IPV6);
        outgoing.sourceLow = 1;
        outgoing.sourcePort = 4000;
        outgoing.destinationLow = 1;
        outgoing.destinationPort = 443;
        outgoing.l4proto = FdInfo.L4_TCP;
        thread.fds().put(5, outgoing);
        state.listsComplete();
        assertThat(server.name).hasToString("0.0.0.0:80");
        assertThat(accepted.name).hasToString("10.0.0.9:5000->10.0.0.1:80");
        assertThat(accepted.role()).isEqualTo(FdInfo.Role.SERVER);
        assertThat(outgoing.name).hasToString("::1:4000->::1:443");
        assertThat(outgoing.role()).isEqualTo(FdInfo.Role.CLIENT);
    }

    @Test
    void anEndThatIsNotKnownIsTheInterfaceTowardsTheOther() {
        state.interfaces().add(new InterfaceTable.Ipv4(Text.of("lo"), 0x7f000001, 0xff000000, 0, 0));
        state.interfaces().add(new InterfaceTable.Ipv4(Text.of("eth0"), 0x0a000002, 0xffffff00, 0, 0));
        socket(3, 2, 2, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_SENDTO_X).with("res", 10).with("fd", 3)
                .with("tuple", tuple("0.0.0.0", 4000, "10.0.0.77", 53)));
        assertThat(thread.fd(3).name).hasToString("10.0.0.2:4000->10.0.0.77:53");
    }

    @Test
    void truncatedAddressesChangeNothing() {
        socket(3, 2, 1, 0);
        process(new EventBuilder(EventCodes.PPME_SOCKET_CONNECT_X).with("res", 0).with("tuple", new byte[] {2, 1, 2})
                .with("fd", 3));
        process(new EventBuilder(EventCodes.PPME_SOCKET_BIND_X).with("res", 0).with("addr", new byte[] {10}).with("fd", 3));
        process(new EventBuilder(EventCodes.PPME_SOCKET_ACCEPT_X).with("fd", 4).with("tuple", new byte[] {1, 0}));
        assertThat(thread.fd(3).type).isEqualTo(FdType.IPV4);
        assertThat(thread.fd(4)).isNull();
    }
}
