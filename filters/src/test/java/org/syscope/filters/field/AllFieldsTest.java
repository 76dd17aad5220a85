package org.syscope.filters.field;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.format.OutputFormat;
import org.syscope.filters.format.Replay;
import org.syscope.filters.text.EventBytes;
import org.syscope.filters.text.HostNames;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ServiceNames;
import org.syscope.filters.text.TestState;
import org.syscope.filters.text.TextOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.syscope.filters.text.EventBytes.hex;
import static org.syscope.filters.text.EventBytes.i16;
import static org.syscope.filters.text.EventBytes.i32;
import static org.syscope.filters.text.EventBytes.i64;
import static org.syscope.filters.text.EventBytes.text;

/** Every field of the list gives the expected value for an event that has one; fields of sources that are gone give none. */
class AllFieldsTest {

    private static final Text CONTAINER = Text.of("0123456789ab");
    private static final String SYSLOG = "<30>disk full";

    /** Events by the names that the table uses. */
    private static Event event(String name) {
        return switch (name) {
            case "read" -> EventBytes.event(EventCodes.PPME_SYSCALL_READ_X, TestState.CAT,
                    latency(4_200_000), new byte[][]{i64(5), text("abc\n"), i64(3), i32(100)});
            case "send" -> EventBytes.event(EventCodes.PPME_SOCKET_SENDTO_X, TestState.CAT, i64(4), text("GET"), i64(4),
                    i32(9), new byte[0]);
            case "refused" -> EventBytes.event(EventCodes.PPME_SYSCALL_READ_X, TestState.CAT, i64(-11), new byte[0], i64(3),
                    i32(100));
            case "refusedNet" -> EventBytes.event(EventCodes.PPME_SOCKET_RECVFROM_X, TestState.CAT, i64(-11), new byte[0],
                    new byte[0], i64(4), i32(9));
            case "munmap" -> EventBytes.event(EventCodes.PPME_SYSCALL_MUNMAP_X, TestState.CAT, i64(-22), i32(1), i32(1), i32(1));
            case "kill" -> EventBytes.event(EventCodes.PPME_SYSCALL_KILL_X, TestState.CAT, i64(-3), i64(5), hex("09"));
            case "log" -> EventBytes.event(EventCodes.PPME_SYSCALL_WRITE_X, TestState.CAT, i64(SYSLOG.length()),
                    SYSLOG.getBytes(StandardCharsets.US_ASCII), i64(6), i32(80));
            case "open" -> EventBytes.event(EventCodes.PPME_SYSCALL_OPENAT_2_X, TestState.CAT, i64(9), i64(5),
                    text("dpkg/status"), i32(0x4007), i32(0755), i32(0x00800005), i64(4711));
            case "rename" -> EventBytes.event(EventCodes.PPME_SYSCALL_RENAMEAT2_X, TestState.CAT, i64(0), i64(5), text("a"),
                    i64(-100), text("b"), i32(0));
            case "mkdir" -> EventBytes.event(EventCodes.PPME_SYSCALL_MKDIR_2_X, TestState.CAT, i64(0), text("new"), i32(0755));
            case "poll" -> EventBytes.event(EventCodes.PPME_SYSCALL_POLL_X, TestState.CAT, latency(1_000),
                    new byte[][]{i64(1), hex("0200 0300000000000000 4100 0400000000000000 0100"), i64(5)});
            case "switch" -> EventBytes.event(EventCodes.PPME_SCHEDSWITCH_6_E, TestState.CAT, i64(30), i64(2), i64(300),
                    i32(4096), i32(512), i32(8));
            case "procinfo" -> EventBytes.event(EventCodes.PPME_PROCINFO_E, TestState.CAT, i64(10), i64(5));
            case "fsync" -> EventBytes.event(EventCodes.PPME_GENERIC_X, TestState.CAT,
                    EventBytes.arguments(0, new long[]{3}, -1, null), new byte[][]{i16(SyscallTable.byName("fsync").code())});
            case "infra" -> EventBytes.event(EventCodes.PPME_INFRASTRUCTURE_EVENT_E, -1, text("docker"), text("container"),
                    text("Event: start; ID: 0123456789abcdef; name: web; Image: nginx@sha256:12"), text(""));
            case "async" -> EventBytes.event(EventCodes.PPME_USER_ADDED_E, -1, i32(5), i32(5), text("eve"), text("/"), text(""),
                    text(""));
            case "plugin" -> EventBytes.event(EventCodes.PPME_PLUGINEVENT_E, -1, new byte[0], new byte[][]{});
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static byte[] latency(long nanos) {
        byte[] value = i64(nanos);
        byte[] tag = new byte[12];
        tag[0] = 1;
        tag[2] = 8;
        System.arraycopy(value, 0, tag, 4, 8);
        return tag;
    }

    /** field, event, expected text; an expected hyphen is a field without a value. */
    private static final String TABLE = """
            evt.num|read|7
            evt.time|read|22:13:20.000000001
            evt.time.s|read|22:13:20
            evt.time.iso8601|read|2023-11-14T22:13:20.000000001+0000
            evt.datetime|read|2023-11-14 22:13:20.000000001
            evt.datetime.s|read|2023-11-14 22:13:20
            evt.rawtime|read|1700000000000000001
            evt.rawtime.s|read|1700000000
            evt.rawtime.ns|read|000000001
            evt.reltime|read|000000000
            evt.reltime.s|read|0
            evt.reltime.ns|read|000000000
            evt.pluginname|read|-
            evt.plugininfo|read|-
            evt.source|read|syscall
            evt.is_async|async|true
            evt.asynctype|async|useradded
            evt.hostname|read|testhost
            evt.latency|read|4200000
            evt.latency.s|read|0
            evt.latency.ns|read|004200000
            evt.latency.quantized|read|61
            evt.latency.human|read|4.20ms
            evt.deltatime|read|0
            evt.deltatime.s|read|0
            evt.deltatime.ns|read|000000000
            evt.outputtime|read|22:13:20.000000001
            evt.dir|read|<
            evt.type|read|read
            evt.type|fsync|fsync
            evt.type.is.read|read|1
            evt.type.is.7|read|1
            evt.type.is.open|read|0
            syscall.type|read|read
            syscall.type|switch|-
            evt.category|read|file
            evt.category|send|net
            evt.category|mkdir|file
            evt.cpu|read|2
            evt.args|read|res=5 data=abc.. fd=3(<f>/etc/passwd) size=100\s
            evt.args|fsync|res=0 fd=3(<f>/etc/passwd)\s
            evt.arg.fd|read|<f>/etc/passwd
            evt.arg[0]|refused|EAGAIN
            evt.arg.res|read|5
            evt.arg.fd|fsync|<f>/etc/passwd
            evt.arg.fd|mkdir|-
            evt.rawarg.fd|read|3
            evt.rawarg.fd|fsync|3
            evt.rawarg.path|mkdir|new
            evt.info|read|res=5 data=abc.. fd=3(<f>/etc/passwd) size=100\s
            evt.info|log|syslog sev=info msg=disk full
            evt.buffer|read|abc..
            evt.buflen|read|5
            evt.res|read|SUCCESS
            evt.res|refused|EAGAIN
            evt.res|fsync|SUCCESS
            evt.rawres|refused|-11
            evt.failed|refused|true
            evt.failed|read|false
            evt.failed|switch|-
            evt.is_io|read|true
            evt.is_io_read|read|true
            evt.is_io_write|read|false
            evt.io_dir|read|read
            evt.io_dir|send|write
            evt.is_wait|poll|true
            evt.is_wait|read|false
            evt.wait_latency|poll|1000
            evt.wait_latency|read|-
            evt.is_syslog|log|true
            evt.count|read|1
            evt.count.error|refused|1
            evt.count.error|read|0
            evt.count.error.file|refused|1
            evt.count.error.net|refusedNet|1
            evt.count.error.memory|munmap|1
            evt.count.error.other|kill|1
            evt.count.exit|read|1
            evt.count.open|open|1
            evt.count.open|read|-
            evt.failure|refused|EAGAIN read /etc/passwd
            evt.failure|read|-
            evt.failure.path|refused|/etc/passwd
            evt.failure.path|read|-
            evt.type.pid|read|read 100
            evt.count.procinfo|procinfo|1
            evt.count.threadinfo|procinfo|1
            evt.abspath|open|/var/lib/dpkg/status
            evt.abspath.src|rename|/var/lib/a
            evt.abspath.dst|rename|/home/bob/b
            evt.buflen.in|read|5
            evt.buflen.out|send|4
            evt.buflen.file|read|5
            evt.buflen.file.in|read|5
            evt.buflen.file.out|read|-
            evt.buflen.net|send|4
            evt.buflen.net.in|send|-
            evt.buflen.net.out|send|4
            evt.is_open_read|open|true
            evt.is_open_write|open|true
            evt.infra.docker.name|infra|start
            evt.infra.docker.container.id|infra|0123456789ab
            evt.infra.docker.container.name|infra|web
            evt.infra.docker.container.image|infra|nginx
            evt.is_open_exec|open|true
            evt.is_open_create|open|true
            fd.num|read|3
            fd.type|read|file
            fd.typechar|read|f
            fd.name|read|/etc/passwd
            fd.directory|read|/etc
            fd.filename|read|passwd
            fd.cip|send|10.0.0.1
            fd.sip|send|10.0.0.2
            fd.lip|send|10.0.0.1
            fd.rip|send|10.0.0.2
            fd.cport|send|4000
            fd.sport|send|80
            fd.lport|send|4000
            fd.rport|send|80
            fd.l4proto|send|tcp
            fd.sockfamily|send|ip
            fd.is_server|send|false
            fd.uid|read|1003
            fd.containername|read|:/etc/passwd
            fd.containerdirectory|read|:/etc
            fd.cproto|send|4000
            fd.sproto|send|80
            fd.lproto|send|4000
            fd.rproto|send|80
            fd.connected|send|true
            fd.name_changed|open|true
            fd.cip.name|send|client.example
            fd.sip.name|send|server.example
            fd.lip.name|send|client.example
            fd.rip.name|send|server.example
            fd.dev|read|800005
            fd.dev.major|read|8
            fd.dev.minor|read|5
            fd.ino|read|4711
            fd.nameraw|read|../etc/passwd
            fd.types|read|(directory,ipv4,pipe,unix,file)
            fd.types[4]|read|(ipv4)
            fd.is_upper_layer|read|false
            fd.is_lower_layer|read|false
            fdlist.nums|poll|3,4
            fdlist.names|poll|/etc/passwd,10.0.0.1:4000->10.0.0.2:80
            fdlist.cips|poll|10.0.0.1
            fdlist.sips|poll|10.0.0.2
            fdlist.cports|poll|4000
            fdlist.sports|poll|80
            fs.path.name|open|/var/lib/dpkg/status
            fs.path.nameraw|open|dpkg/status
            fs.path.source|rename|/var/lib/a
            fs.path.sourceraw|rename|a
            fs.path.target|rename|/home/bob/b
            fs.path.targetraw|rename|b
            fs.path.name|mkdir|/home/bob/new
            group.gid|read|100
            group.name|read|staff
            user.uid|read|1000
            user.name|read|bob
            user.homedir|read|/home/bob
            user.shell|read|/bin/sh
            user.loginuid|read|1000
            user.loginname|read|bob
            proc.exe|read|/bin/cat
            proc.pexe|read|/bin/bash
            proc.aexe|read|/bin/cat
            proc.aexe[2]|read|/bin/sshd
            proc.exepath|read|/usr/bin/cat
            proc.pexepath|read|/usr/bin/bash
            proc.aexepath|read|/usr/bin/cat
            proc.aexepath[1]|read|/usr/bin/bash
            proc.name|read|cat
            proc.pname|read|bash
            proc.aname|read|cat
            proc.aname[3]|read|systemd
            proc.aname[4]|read|-
            proc.args|read|-v file with blanks
            proc.args[1]|read|file with blanks
            proc.args[2]|read|-
            proc.aargs|read|-v file with blanks -v file with blanks -v file with blanks
            proc.aargs[1]|read|-v file with blanks
            proc.cmdline|read|cat -v file with blanks
            proc.pcmdline|read|bash -v file with blanks
            proc.acmdline|read|cat -v file with blanks
            proc.acmdline[2]|read|sshd -v file with blanks
            proc.cmdnargs|read|2
            proc.cmdlenargs|read|18
            proc.exeline|read|/bin/cat -v file with blanks
            proc.env|read|HOME=/home/bob LANG=C
            proc.env[LANG]|read|C
            proc.aenv|read|HOME=/home/bob LANG=C
            proc.aenv[1]|read|HOME=/home/bob LANG=C
            proc.aenv[LANG]|read|C
            proc.cwd|read|/home/bob/
            proc.loginshellid|read|30
            proc.tty|read|34816
            proc.pid|read|100
            proc.ppid|read|30
            proc.apid|read|100
            proc.apid[2]|read|20
            proc.vpid|read|100
            proc.pvpid|read|30
            proc.sid|read|30
            proc.sname|read|bash
            proc.sid.exe|read|/bin/bash
            proc.sid.exepath|read|/usr/bin/bash
            proc.vpgid|read|100
            proc.vpgid.name|read|cat
            proc.vpgid.exe|read|/bin/cat
            proc.vpgid.exepath|read|/usr/bin/cat
            proc.pgid|read|100
            proc.pgid.name|read|cat
            proc.pgid.exe|read|/bin/cat
            proc.pgid.exepath|read|/usr/bin/cat
            proc.duration|read|5000000000
            proc.ppid.duration|read|5000000000
            proc.pid.ts|read|1699999995000000001
            proc.ppid.ts|read|1699999995000000001
            proc.is_exe_writable|read|false
            proc.is_exe_upper_layer|read|false
            proc.is_exe_lower_layer|read|false
            proc.is_exe_from_memfd|read|false
            proc.is_sid_leader|read|false
            proc.is_vpgid_leader|read|true
            proc.is_pgid_leader|read|true
            proc.exe_ino|read|99
            proc.exe_ino.ctime|read|1699999994000000001
            proc.exe_ino.mtime|read|1699999994000000000
            proc.exe_ino.ctime_duration_proc_start|read|1000000000
            proc.exe_ino.ctime_duration_pidns_start|read|2000000000
            proc.pidns_init_start_ts|read|1699999992000000001
            thread.cap_permitted|read|CAP_CHOWN CAP_KILL
            thread.cap_inheritable|read|
            thread.cap_effective|read|CAP_CHOWN
            proc.fdopencount|read|5
            proc.fdlimit|read|1024
            proc.fdusage|read|0.5
            proc.vmsize|read|4096
            proc.vmrss|read|512
            proc.vmswap|read|8
            thread.pfmajor|read|2
            thread.pfminor|read|300
            thread.tid|read|100
            thread.ismain|read|true
            thread.vtid|read|100
            thread.nametid|read|cat100
            thread.call|read|-
            thread.call.age|read|-
            thread.call.fd|read|-
            thread.call.fdname|read|-
            thread.exectime|switch|0
            thread.totexectime|switch|0
            thread.cgroups|read|cpu=/user.slice memory=/user.slice/x
            thread.cgroup.memory|read|/user.slice/x
            thread.cgroup.none|read|-
            proc.nthreads|read|1
            proc.nchilds|read|0
            thread.cpu|procinfo|0.0
            thread.cpu.user|procinfo|0.0
            thread.cpu.system|procinfo|0.0
            thread.vmsize|read|4096
            thread.vmrss|read|512
            thread.vmsize.b|read|4194304
            thread.vmrss.b|read|524288
            proc.stdin.type|read|pipe
            proc.stdout.type|read|-
            proc.stderr.type|read|-
            proc.stdin.name|read|pipe:[7]
            proc.stdout.name|read|-
            proc.stderr.name|read|-
            proc.is_container_healthcheck|read|false
            proc.is_container_liveness_probe|read|false
            proc.is_container_readiness_probe|read|false
            syslog.facility.str|log|daemon
            syslog.facility|log|3
            syslog.severity.str|log|info
            syslog.severity|log|6
            syslog.message|log|disk full
            util.cnt|read|1
            container.id|read|host
            container.full_id|read|host
            container.name|read|host
            container.type|read|host
            container.image|read|-
            """;

    /** Fields of a process in a container. */
    private static final String CONTAINER_TABLE = """
            container.id|read|0123456789ab
            container.full_id|read|0123456789abcdef
            container.name|read|web
            container.image|read|nginx:1
            container.image.id|read|1234
            container.type|read|docker
            container.privileged|read|true
            container.mounts|read|/data:/srv:ro:false:private,/x:/y::true:
            container.mount[0]|read|/data:/srv:ro:false:private
            container.mount[/x]|read|/x:/y::true:
            container.mount.source[/srv]|read|/data
            container.mount.dest[0]|read|/srv
            container.mount.mode[/data]|read|ro
            container.mount.rdwr[1]|read|true
            container.mount.propagation[0]|read|private
            container.mount[7]|read|-
            container.image.repository|read|nginx
            container.image.tag|read|1
            container.image.digest|read|sha256:99
            container.healthcheck|read|/check -q
            container.liveness_probe|read|NONE
            container.readiness_probe|read|NONE
            container.start_ts|read|1699999992000000001
            container.duration|read|8000000000
            container.ip|read|172.17.0.2
            container.cni.json|read|{}
            k8s.ns.name|read|prod
            k8s.pod.name|read|web-1
            k8s.pod.id|read|u-1
            k8s.pod.uid|read|u-1
            k8s.pod.sandbox_id|read|fedcba987654
            k8s.pod.full_sandbox_id|read|fedcba9876543210
            k8s.pod.label.app|read|shop
            k8s.pod.labels|read|app:shop, tier:front
            k8s.pod.ip|read|172.17.0.2
            k8s.pod.cni.json|read|{}
            fd.containername|read|0123456789ab:/etc/passwd
            """;

    /** Looked at by filters only. */
    private static final Set<String> FILTER_ONLY =
            Set.of("evt.around", "fd.ip", "fd.port", "fd.proto", "fd.net", "fd.cnet", "fd.snet", "fd.lnet", "fd.rnet");

    private static SystemState state(boolean inContainer) {
        SystemState state = TestState.create();
        if (inContainer) {
            state.threads().get(TestState.CAT).cgroups = TextList
                    .of(Text.of("cpu=/docker/" + "0123456789ab" + "c".repeat(52) + "\0"));
        }
        return state;
    }

    private static ContainerInfo container(Text id) {
        return id.equals(CONTAINER) ? new ContainerInfo(id, Text.of("0123456789abcdef"), "docker", Text.of("web"),
                Text.of("nginx:1"), Text.of("1234"), Text.of("nginx"), Text.of("1"), Text.of("sha256:99"), true,
                List.of(new ContainerInfo.Mount(Text.of("/data"), Text.of("/srv"), Text.of("ro"), false, Text.of("private")),
                        new ContainerInfo.Mount(Text.of("/x"), Text.of("/y"), Text.EMPTY, true, Text.EMPTY)),
                List.of(), List.of(), Text.of("/check -q"), Text.EMPTY, Text.EMPTY, 0xAC110002, Text.of("{}"),
                Map.of(ContainerInfo.POD_NAME, Text.of("web-1"), ContainerInfo.POD_NAMESPACE, Text.of("prod"),
                        ContainerInfo.POD_UID, Text.of("u-1")),
                false, Text.of("fedcba9876543210"), Map.of("tier", Text.of("front"), "app", Text.of("shop")),
                ContainerInfo.Limits.NONE, 0) : null;
    }

    private static final HostNames HOSTS = new HostNames() {
        @Override
        public Text name(boolean ipv4, long high, long low) {
            return ipv4 && low == 0x0A000001 ? Text.of("client.example") : Text.of("server.example");
        }

        @Override
        public List<byte[]> addresses(String name) {
            return name.equals("client.example") ? List.of(new byte[]{10, 0, 0, 1}) : List.of();
        }
    };

    private static FieldCatalog catalog(SystemState state) {
        return StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC).with(AllFieldsTest::container)
                .with(HOSTS).with(TextOptions.DEFAULT));
    }

    private static String show(String field, String eventName, boolean inContainer) throws FormatException {
        SystemState state = state(inContainer);
        OutputFormat format = OutputFormat.compile("%" + field, catalog(state));
        CurrentEvent current = new CurrentEvent(state);
        Event event = event(eventName);
        state.process(event);
        current.point(event);
        OutputBuffer out = new OutputBuffer();
        return format.write(current, out) ? new String(out.array(), 0, out.length(), StandardCharsets.UTF_8) : "-";
    }

    static List<String> rows() {
        return TABLE.lines().toList();
    }

    static List<String> containerRows() {
        return CONTAINER_TABLE.lines().toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void hasItsValue(String row) throws FormatException {
        String[] cells = row.split("\\|", -1);
        assertThat(show(cells[0], cells[1], false)).isEqualTo(cells[2]);
    }

    @ParameterizedTest
    @MethodSource("containerRows")
    void hasItsValueInAContainer(String row) throws FormatException {
        String[] cells = row.split("\\|", -1);
        assertThat(show(cells[0], cells[1], true)).isEqualTo(cells[2]);
    }

    @Test
    void everyFieldIsTested() {
        Map<String, FieldInfo> left = new HashMap<>();
        FieldCatalog catalog = catalog(TestState.create());
        for (FieldFamily family : catalog.families()) {
            boolean bygone = Set.of("evtin", "span", "mesos").contains(family.name());
            for (FieldInfo info : family.fields()) {
                assertThat(info.description()).as(info.name()).isNotBlank();
                boolean server = info.name().matches("k8s\\.(rc|svc|ns|rs|deployment)\\..*");
                if (!bygone && !server && !FILTER_ONLY.contains(info.name())) {
                    left.put(info.name(), info);
                }
            }
        }
        List<String> rows = new ArrayList<>(rows());
        rows.addAll(containerRows());
        for (String row : rows) {
            String name = row.substring(0, row.indexOf('|')).replaceAll("\\[.*", "");
            while (!name.isEmpty() && catalog.find(name).isEmpty()) {
                name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            }
            left.remove(name);
        }
        left.remove("k8s.ns.name");
        assertThat(left.keySet()).isEmpty();
    }

    @Test
    void fieldsOfSourcesThatAreGoneHaveNoValue() throws FieldException {
        SystemState state = state(true);
        FieldCatalog catalog = catalog(state);
        CurrentEvent current = new CurrentEvent(state);
        Event event = event("read");
        state.process(event);
        current.point(event);
        int seen = 0;
        for (FieldFamily family : catalog.families()) {
            for (FieldInfo info : family.fields()) {
                if (Set.of("evtin", "span", "mesos").contains(family.name())
                        || info.name().matches("k8s\\.(rc|svc|rs|deployment)\\..*")) {
                    Field field = catalog.resolve(info.name() + (info.argument().required() ? "[1]" : ""));
                    assertThat(field.extract(current, new FieldValue())).as(info.name()).isFalse();
                    assertThat(field.events(StandardFields.space()).isEmpty()).isTrue();
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(28 + 20 + 12 + 16);
    }

    @Test
    void addressesOfBothEndsForFilters() throws FieldException {
        SystemState state = state(false);
        FieldCatalog catalog = catalog(state);
        CurrentEvent current = new CurrentEvent(state);
        Event event = event("send");
        state.process(event);
        current.point(event);
        FieldValue value = new FieldValue();
        assertThat(catalog.resolve("fd.ip").extract(current, value)).isTrue();
        assertThat(value.count()).isEqualTo(2);
        assertThat(value.lengthAt(0)).isEqualTo(4);
        assertThat(catalog.resolve("fd.port").extract(current, value)).isTrue();
        assertThat(value.numberAt(0)).isEqualTo(4000);
        assertThat(value.numberAt(1)).isEqualTo(80);
        assertThat(catalog.resolve("proc.aname").extract(current, value)).isTrue();
        assertThat(value.count()).isEqualTo(3);
        assertThat(value.textAt(0)).isEqualTo("bash");
        Field name = catalog.resolve("fd.cip.name");
        assertThat(name.comparison("=", List.of("client.example")).test(current)).isTrue();
        assertThat(name.comparison("!=", List.of("client.example")).test(current)).isFalse();
        FieldTest around = catalog.resolve("evt.around[" + (EventBytes.TIME + 3_000_000) + "]").comparison("=", List.of("3"));
        assertThat(around.test(current)).isTrue();
        assertThat(catalog.resolve("evt.around[" + (EventBytes.TIME + 3_000_001) + "]").comparison("=", List.of("3"))
                .test(current)).isFalse();
    }

    private static boolean isTrue(Field field, CurrentEvent current) {
        FieldValue value = new FieldValue();
        assertThat(field.extract(current, value)).isTrue();
        return value.number() != 0;
    }

    /** The check that an engine starts from outside, and what it starts; nothing else that looks like it. */
    @Test
    void healthChecksAreKnownByTheirCommandAndByWhoStartsThem() throws FieldException {
        SystemState state = state(true);
        Field check = catalog(state).resolve("proc.is_container_healthcheck");
        CurrentEvent current = new CurrentEvent(state);
        Event event = event("read");
        state.process(event);
        current.point(event);
        ThreadInfo cat = state.threads().get(TestState.CAT);
        ThreadInfo bash = state.threads().get(cat.ptid);
        cat.vtid = cat.vpid = 9;
        assertThat(isTrue(check, current)).as("another command").isFalse();
        cat.exe = Text.of("/check");
        cat.args = TextList.of(Text.of("-q\0"));
        assertThat(isTrue(check, current)).as("the command, started from the host").isTrue();
        cat.args = TextList.of(Text.of("-q\0-v\0"));
        assertThat(isTrue(check, current)).as("one argument more").isFalse();
        cat.args = TextList.of(Text.of("-q\0"));
        bash.cgroups = cat.cgroups;
        bash.vtid = bash.vpid = 5;
        assertThat(isTrue(check, current)).as("the command, started inside by another").isFalse();
        bash.exe = cat.exe;
        bash.args = cat.args;
        cat.exe = Text.of("/bin/sleep");
        assertThat(isTrue(check, current)).as("a child of the check").isTrue();
        bash.vtid = bash.vpid = 1;
        assertThat(isTrue(check, current)).as("the container's own first process").isFalse();
    }

    @Test
    void addressesAsHostsWhereAsked() throws FormatException {
        SystemState state = state(false);
        FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(state)
                .with(new TextOptions(TextOptions.DEFAULT.buffers(), 80, null, HOSTS)));
        OutputFormat format = OutputFormat.compile("%fd.name %evt.arg.fd %fd.cip", catalog);
        CurrentEvent current = new CurrentEvent(state);
        Event event = event("send");
        state.process(event);
        current.point(event);
        OutputBuffer out = new OutputBuffer();
        assertThat(format.write(current, out)).isTrue();
        assertThat(out).hasToString("client.example:4000->server.example:80 <4t>client.example:4000->server.example:80 "
                + "10.0.0.1");
    }

    @Test
    void portsAsServicesWhereAsked() throws FormatException, IOException {
        Path file = Files.createTempFile("services", "");
        Files.writeString(file, "# names\nhttp 80/tcp www # web\nhttp-udp 80/udp\nftp 21/tcp\n");
        SystemState state = state(false);
        FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(state)
                .with(new TextOptions(TextOptions.DEFAULT.buffers(), 80, new ServiceNames(file))));
        OutputFormat format = OutputFormat.compile("%fd.sproto %fd.name %evt.arg.fd", catalog);
        CurrentEvent current = new CurrentEvent(state);
        Event event = event("send");
        state.process(event);
        current.point(event);
        OutputBuffer out = new OutputBuffer();
        assertThat(format.write(current, out)).isTrue();
        assertThat(out).hasToString("http 10.0.0.1:4000->10.0.0.2:http <4t>10.0.0.1:4000->10.0.0.2:http");
        Files.delete(file);
    }

    @Test
    void theListIsThatOfTheEstablishedTools() throws IOException {
        Path reference = Replay.folder().resolveSibling("reference");
        assumeTrue(Files.isDirectory(reference), "no reference tables at " + reference);
        FieldCatalog catalog = catalog(TestState.create());
        Set<String> missing = new TreeSet<>();
        for (String file : new String[]{"fields.tsv", "fields-older.tsv"}) {
            for (String line : Files.readAllLines(reference.resolve(file))) {
                String[] cells = line.split("\t");
                if (cells.length < 4 || cells[0].equals("class")) {
                    continue;
                }
                FieldInfo info = catalog.find(cells[1]).orElse(null);
                if (info == null || !info.type().schemaName().equals(cells[2])
                        || !info.format().name().equals(cells[3].replace("10_", ""))) {
                    missing.add(cells[1]);
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
