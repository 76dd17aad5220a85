package org.syscope.filters.text;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.syscope.filters.text.EventBytes.hex;
import static org.syscope.filters.text.EventBytes.i16;
import static org.syscope.filters.text.EventBytes.i32;
import static org.syscope.filters.text.EventBytes.i64;
import static org.syscope.filters.text.EventBytes.text;

/** Every parameter type has its text, raw and resolved; none that the schema uses is left out. */
class ParameterTextTest {

    private static final Map<String, Integer> CODES = codes();

    private static Map<String, Integer> codes() {
        Map<String, Integer> result = new HashMap<>();
        for (int code = 0; code < EventCodes.COUNT; code++) {
            result.put(EventType.of(code).enumName().substring("PPME_".length()), code);
        }
        return result;
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                row("SEMOP_X", "sem_op_0", i16(-3), "-3"),
                row("LISTEN_E", "backlog", i32(-1), "-1"),
                row("ACCEPT4_E", "flags", i32(-1), "FFFFFFFF"),
                row("CLONE_11_X", "fdlimit", i64(1L << 40), "1099511627776"),
                row("ACCEPT_X", "queuepct", hex("ff"), "255"),
                row("SIGNALFD_E", "flags", hex("ff"), "FF"),
                row("BRK_1_X", "res", i64(0x55DB0DE73000L), "55DB0DE73000"),
                row("OPEN_X", "ino", i64(-1), "-1"),
                row("READ_E", "size", i32(0x8000_0000L), "-2147483648"),
                row("OPEN_X", "dev", i32(0x2D), "2D"),
                row("OPEN_E", "mode", i32(0), "0"),
                row("OPEN_E", "mode", i32(0644), "0644"),
                row("EXECVE_8_X", "exe", text("Straße"), "Straße"),
                row("EXECVE_8_X", "exe", new byte[1], ""),
                row("READ_X", "data", hex("41 00 7f 20 0a"), "A.. ."),
                row("CLOSE_X", "res", i64(-2), "-2(ENOENT)"),
                row("CLOSE_X", "res", i64(-512), "-512(ERESTARTSYS)"),
                row("CLOSE_X", "res", i64(-4000), "-4000"),
                row("BIND_X", "addr", hex("02 01020304 5000"), "1.2.3.4:80"),
                row("BIND_X", "addr", hex("02 010203"), "INVALID IPv4"),
                row("BIND_X", "addr", hex("0a 20010db8000000000000000000000001 5000"), "2001:db8::1:80"),
                row("BIND_X", "addr", concat(hex("01"), text("/run/x.sock")), "/run/x.sock"),
                row("BIND_X", "addr", hex("10"), "family 16"),
                row("CONNECT_X", "tuple", hex("02 01020304 e803 05060708 5000"), "1.2.3.4:1000->5.6.7.8:80"),
                row("CONNECT_X", "tuple", hex("0a 00000000000000000000ffff01020304 e803"
                        + "00000000000000000000ffff05060708 5000"), "1.2.3.4:1000->5.6.7.8:80"),
                row("CONNECT_X", "tuple", hex("0a 00000000000000000000000000000001 e803"
                        + "20010db8000000000000000000000001 5000"), "::1:1000->2001:db8::1:80"),
                row("CONNECT_X", "tuple", concat(hex("01 0000000000000000 00c8423c0088ffff"), text("/run/s")),
                        "0->ffff88003c42c800 /run/s"),
                row("OPEN_X", "fd", i64(3), "3(<f>/etc/passwd)"),
                row("OPEN_X", "fd", i64(4), "4(<4t>10.0.0.1:4000->10.0.0.2:80)"),
                row("OPEN_X", "fd", i64(0), "0(<p>pipe:[7])"),
                row("OPEN_X", "fd", i64(77), "77"),
                row("OPEN_X", "fd", i64(-100), "-100(AT_FDCWD)"),
                row("OPEN_X", "fd", i64(-13), "-13(EACCES)"),
                row("EXECVE_8_X", "tid", i64(30), "30(bash)"),
                row("EXECVE_8_X", "tid", i64(31), "31"),
                row("POLL_E", "fds", hex("0200 0400000000000000 4100 4d00000000000000 ffff"), "4:441 77:?ffffffff"),
                row("POLL_E", "fds", hex("0000"), ""),
                row("OPEN_E", "name", text("a/../b.txt"), "a/../b.txt(/home/bob/b.txt)"),
                row("OPEN_E", "name", text("/a/../b.txt"), "/a/../b.txt"),
                row("OPEN_E", "name", text("<NA>"), "<NA>"),
                row("RENAMEAT_X", "oldpath", text("x"), "x(/home/bob/x)"),
                row("KILL_E", "sig", hex("09"), "9(SIGKILL)"),
                row("KILL_E", "sig", hex("40"), "64"),
                row("NANOSLEEP_E", "interval", i64(1_000_000), "1000000(0.001s)"),
                row("NANOSLEEP_E", "interval", i64(-1), "none"),
                row("EXECVE_19_X", "exe_ino_ctime", i64(EventBytes.TIME), "2023-11-14 22:13:20.000000001"),
                row("OPEN_E", "flags", i32(4097), "4097(O_RDONLY|O_CLOEXEC)"),
                row("OPEN_E", "flags", i32(3), "3(O_RDWR)"),
                row("CREAT_X", "creat_flags", i16(1), "1(FD_UPPER_LAYER_CREAT)"),
                row("QUOTACTL_E", "type", hex("01"), "1(USRQUOTA)"),
                row("SOCKET_E", "domain", i32(1), "1(AF_LOCAL|AF_UNIX)"),
                row("SETSOCKOPT_X", "level", hex("01"), "1(SOL_SOCKET)"),
                row("PTRACE_E", "request", i16(0x7777), "30583"),
                row("FUTEX_E", "op", i16(128), "128(FUTEX_PRIVATE_FLAG)"),
                row("FUTEX_E", "op", i16(129), "129"),
                row("SETRESUID_E", "ruid", i32(1000), "1000(bob)"),
                row("SETRESUID_E", "ruid", i32(5), "5(<NA>)"),
                row("SETRESUID_E", "ruid", i32(-1), "-1(<NONE>)"),
                row("SETRESGID_E", "rgid", i32(100), "100(staff)"),
                row("SETRESGID_E", "rgid", i32(-1), "-1(<NONE>)"),
                row("PPOLL_E", "sigmask", i32(0x4002), "SIGINT SIGTERM"),
                row("TRACER_E", "tags", text("one\0two"), "one.two"),
                row("TRACER_E", "args", text("a\0001\0b\0002"), "a:1,b:2"),
                row("FCHMODAT_X", "mode", i32(0), "0"),
                row("FCHMODAT_X", "mode", i32(0644), "0644(S_IROTH|S_IRGRP|S_IWUSR|S_IRUSR)"),
                row("SETSOCKOPT_X", "val", hex("02 07000000"), "7"),
                row("SETSOCKOPT_X", "val", concat(hex("04"), i64(2_500_000_000L)), "2500000000(2.5s)"),
                row("SETSOCKOPT_X", "val", concat(hex("01"), i64(-11)), "-11(EAGAIN)"),
                row("SETSOCKOPT_X", "val", hex("09 00"), "INVALID DYNAMIC PARAMETER"),
                row("PTRACE_X", "addr", concat(hex("00"), i64(0xAB)), "AB"),
                row("PTRACE_X", "addr", hex("01 0b"), "11(SIGSEGV)"),
                row("ITER_TASK_FILE_PIPE_E", "fd", i32(3), "3(<f>/etc/passwd)"),
                row("ITER_TASK_E", "ppid", i32(30), "30(bash)"),
                row("ITER_TASK_FILE_SOCKET_INET_E", "local_ip", hex("7f000001"), "127.0.0.1"),
                row("ITER_TASK_FILE_SOCKET_INET_E", "local_port", i16(8080), "8080"),
                row("ITER_TASK_FILE_SOCKET_INET6_E", "local_ip", hex("00000000000000000000000000000001"), "::1"),
                row("READ_X", "data", new byte[0], "NULL"),
                row("CLOSE_X", "res", new byte[0], "NULL"));
    }

    private static Arguments row(String event, String parameter, byte[] value, String expected) {
        for (String prefix : new String[]{"SYSCALL_", "SOCKET_", ""}) {
            if (CODES.containsKey(prefix + event)) {
                return Arguments.of(CODES.get(prefix + event), parameter, value, expected);
            }
        }
        throw new IllegalArgumentException(event);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String render(int code, String parameter, byte[] value) {
        EventType type = EventType.of(code);
        int index = type.parameterIndex(parameter);
        byte[][] parameters = new byte[index + 1][];
        Arrays.fill(parameters, new byte[0]);
        parameters[index] = value;
        SystemState state = TestState.create();
        state.process(EventBytes.event(EventCodes.PPME_SYSCALL_CLOSE_E, TestState.CAT, i64(77)));
        Event event = EventBytes.event(code, TestState.CAT, parameters);
        OutputBuffer out = new OutputBuffer();
        new ParameterText(state, TextOptions.DEFAULT, ZoneOffset.UTC).arguments(event, out, true);
        String all = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        String before = "";
        for (int i = 0; i < index; i++) {
            before += type.parameter(i).name() + "=NULL ";
        }
        assertThat(all).startsWith(before + parameter + "=").endsWith(" ");
        return all.substring(before.length() + parameter.length() + 1, all.length() - 1);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void hasItsText(int code, String parameter, byte[] value, String expected) {
        assertThat(render(code, parameter, value)).isEqualTo(expected);
    }

    @Test
    void everyTypeOfTheSchemaIsTested() {
        Set<ParameterType> tested = EnumSet.of(ParameterType.SYSCALLID, ParameterType.UINT16);
        parameters().forEach(row -> tested.add(typeOf((int) row.get()[0], (String) row.get()[1])));
        Set<ParameterType> used = EnumSet.noneOf(ParameterType.class);
        for (int code = 0; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            for (int i = 0; i < type.parameterCount(); i++) {
                used.add(type.parameter(i).type());
            }
        }
        assertThat(tested).containsAll(used);
    }

    private static ParameterType typeOf(int code, String parameter) {
        EventType type = EventType.of(code);
        return type.parameter(type.parameterIndex(parameter)).type();
    }

    @Test
    void pathsBelowADirectoryFd() {
        SystemState state = TestState.create();
        state.process(EventBytes.event(EventCodes.PPME_SYSCALL_CLOSE_E, TestState.CAT, i64(77)));
        Event event = EventBytes.event(EventCodes.PPME_SYSCALL_OPENAT_2_X, TestState.CAT, i64(9), i64(5), text("dpkg/../x"));
        OutputBuffer out = new OutputBuffer();
        new ParameterText(state, TextOptions.DEFAULT, ZoneOffset.UTC).arguments(event, out, true);
        assertThat(out).hasToString("fd=9 dirfd=5(<d>/var/lib) name=dpkg/../x(/var/lib/x) ");
    }

    @Test
    void controlCharactersAreEscapedForOutputOnly() {
        SystemState state = TestState.create();
        Event event = EventBytes.event(EventCodes.PPME_SYSCALL_OPEN_X, TestState.CAT, i64(77), text("/a\n\u001b[1m\u0085"));
        state.process(EventBytes.event(EventCodes.PPME_SYSCALL_CLOSE_E, TestState.CAT, i64(77)));
        ParameterText parameters = new ParameterText(state, TextOptions.DEFAULT, ZoneOffset.UTC);
        OutputBuffer out = new OutputBuffer();
        parameters.arguments(event, out, true);
        assertThat(out).hasToString("fd=77 name=/a\\n\\x1b[1m\\xc2\\x85 ");
        out.clear();
        parameters.value(event, 1, out);
        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8)).isEqualTo("/a\n\u001b[1m\u0085");
    }

    @Test
    void aParameterBeyondTheEventHasNoValue() {
        ParameterText parameters = new ParameterText(TestState.create(), TextOptions.DEFAULT, ZoneOffset.UTC);
        Event event = EventBytes.event(EventCodes.PPME_SYSCALL_OPEN_X, TestState.CAT, i64(3));
        assertThat(parameters.value(event, 1, new OutputBuffer())).isFalse();
        assertThat(parameters.value(event, -1, new OutputBuffer())).isFalse();
    }

    @Test
    void resultAndArgumentsOfGenericCalls() {
        SystemState state = TestState.create();
        state.process(EventBytes.event(EventCodes.PPME_SYSCALL_CLOSE_E, TestState.CAT, i64(77)));
        ParameterText parameters = new ParameterText(state, TextOptions.DEFAULT, ZoneOffset.UTC);
        OutputBuffer out = new OutputBuffer();
        Event fsync = EventBytes.event(EventCodes.PPME_GENERIC_X, TestState.CAT,
                EventBytes.arguments(-5, new long[]{3}, -1, null), new byte[][]{i16(SyscallTable.byName("fsync").code())});
        parameters.arguments(fsync, out, true);
        assertThat(out).hasToString("res=-5(EIO) fd=3(<f>/etc/passwd) ");
        out.clear();
        Event truncate = EventBytes.event(EventCodes.PPME_GENERIC_X, TestState.CAT,
                EventBytes.arguments(0, new long[]{0x7FFF, -1}, 0, "/tmp/a\tb"),
                new byte[][]{i16(SyscallTable.byName("truncate").code())});
        parameters.arguments(truncate, out, true);
        assertThat(out).hasToString("res=0 path=/tmp/a\\tb length=-1 ");
        out.clear();
        parameters.arguments(EventBytes.event(EventCodes.PPME_GENERIC_X, TestState.CAT, i16(75)), out, true);
        assertThat(out.length()).isZero();
    }
}
