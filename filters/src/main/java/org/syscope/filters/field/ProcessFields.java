package org.syscope.filters.field;

import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerLookup;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.ThreadInfo;

/** The thread in whose context the event happened, its process and its ancestors. */
final class ProcessFields extends TableFamily {

    private static final Text NO_DIRECTORY = Text.of("./");
    private static final long MAX_ID = 0xFFFF_FFFFL;
    private static final int KIB = 1024;

    private final ContainerLookup containers;
    private final AncestorFields ancestors = new AncestorFields();
    private final CallFields calls = new CallFields();

    ProcessFields(FieldRows rows, FieldEnvironment environment) {
        super("process", rows);
        this.containers = environment.containers();
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        return switch (info.name()) {
            case "proc.aexe", "proc.aexepath", "proc.aname", "proc.acmdline", "proc.apid", "proc.aargs", "proc.aenv" ->
                ancestors.create(info, argument);
            case "proc.exe" -> thread(info, null, (t, c, out) -> text(out, t.exe));
            case "proc.exepath" -> thread(info, null, (t, c, out) -> text(out, t.exepath));
            case "proc.name" -> thread(info, null, (t, c, out) -> text(out, t.comm));
            case "proc.args" -> arguments(info, argument);
            case "proc.cmdline" -> thread(info, null, (t, c, out) -> ProcessTexts.commandLine(t, out));
            case "proc.exeline" -> thread(info, null, (t, c, out) -> {
                out.startBytes();
                out.append(t.exe.array(), 0, t.exe.length());
                out.append(' ');
                ProcessTexts.joined(t.args, out);
                return true;
            });
            case "proc.cmdnargs" -> thread(info, null, (t, c, out) -> number(out, t.args.parts().size()));
            case "proc.cmdlenargs" -> thread(info, null, (t, c, out) -> number(out, ProcessTexts.argumentBytes(t)));
            case "proc.pexe" -> parent(info, (p, c, out) -> text(out, p.exe));
            case "proc.pexepath" -> parent(info, (p, c, out) -> text(out, p.exepath));
            case "proc.pname" -> parent(info, (p, c, out) -> text(out, p.comm));
            case "proc.pcmdline" -> parent(info, (p, c, out) -> ProcessTexts.commandLine(p, out));
            case "proc.pvpid" -> parent(info, (p, c, out) -> number(out, p.vpid));
            case "proc.env" -> environment(info, argument);
            case "proc.cwd" -> thread(info, null, (t, c, out) -> text(out, t.isInvalid() ? NO_DIRECTORY : t.cwd()));
            case "proc.loginshellid" -> thread(info, null, ProcessFields::loginShell);
            case "proc.tty" -> thread(info, null, (t, c, out) -> number(out, Integer.toUnsignedLong(t.tty)));
            case "proc.pid" -> thread(info, null, (t, c, out) -> id(out, t.pid));
            case "proc.ppid" -> thread(info, null, (t, c, out) -> {
                ThreadInfo process = Lineage.process(t);
                return process != null && id(out, process.ptid);
            });
            case "proc.vpid" -> thread(info, null, (t, c, out) -> number(out, t.vpid) && t.vpid != -1);
            case "proc.sid" -> thread(info, null, (t, c, out) -> number(out, t.sid));
            case "proc.sname" -> leader(info, t -> t.sid, (l, c, out) -> text(out, l.comm));
            case "proc.sid.exe" -> leader(info, t -> t.sid, (l, c, out) -> text(out, l.exe));
            case "proc.sid.exepath" -> leader(info, t -> t.sid, (l, c, out) -> text(out, l.exepath));
            case "proc.vpgid" -> thread(info, null, (t, c, out) -> number(out, t.vpgid));
            case "proc.vpgid.name" -> leader(info, t -> t.vpgid, (l, c, out) -> text(out, l.comm));
            case "proc.vpgid.exe" -> leader(info, t -> t.vpgid, (l, c, out) -> text(out, l.exe));
            case "proc.vpgid.exepath" -> leader(info, t -> t.vpgid, (l, c, out) -> text(out, l.exepath));
            case "proc.pgid" -> thread(info, null, (t, c, out) -> number(out, t.pgid));
            case "proc.pgid.name" -> leader(info, t -> t.pgid, (l, c, out) -> text(out, l.comm));
            case "proc.pgid.exe" -> leader(info, t -> t.pgid, (l, c, out) -> text(out, l.exe));
            case "proc.pgid.exepath" -> leader(info, t -> t.pgid, (l, c, out) -> text(out, l.exepath));
            case "proc.is_sid_leader" -> thread(info, null, (t, c, out) -> bool(out, t.sid == t.vpid));
            case "proc.is_vpgid_leader" -> thread(info, null, (t, c, out) -> bool(out, t.vpgid == t.vpid));
            case "proc.is_pgid_leader" -> thread(info, null, (t, c, out) -> bool(out, t.pgid == t.pid));
            case "proc.duration" -> thread(info, null,
                    (t, c, out) -> t.cloneTime != 0 && number(out, c.event().timestamp() - t.cloneTime));
            case "proc.ppid.duration" -> parent(info,
                    (p, c, out) -> p.cloneTime != 0 && number(out, c.event().timestamp() - p.cloneTime));
            case "proc.pid.ts" -> thread(info, null, (t, c, out) -> nonZero(out, t.cloneTime));
            case "proc.ppid.ts" -> parent(info, (p, c, out) -> nonZero(out, p.cloneTime));
            case "proc.is_exe_writable" -> thread(info, null, (t, c, out) -> bool(out, t.exeWritable));
            case "proc.is_exe_upper_layer" -> thread(info, null, (t, c, out) -> bool(out, t.exeUpperLayer));
            case "proc.is_exe_lower_layer" -> thread(info, null, (t, c, out) -> bool(out, t.exeLowerLayer));
            case "proc.is_exe_from_memfd" -> thread(info, null, (t, c, out) -> bool(out, t.exeFromMemfd));
            case "proc.exe_ino" -> thread(info, null, (t, c, out) -> nonZero(out, t.exeIno));
            case "proc.exe_ino.ctime" -> thread(info, null, (t, c, out) -> nonZero(out, t.exeCtime));
            case "proc.exe_ino.mtime" -> thread(info, null, (t, c, out) -> nonZero(out, t.exeMtime));
            case "proc.exe_ino.ctime_duration_proc_start" -> thread(info, null,
                    (t, c, out) -> t.exeCtime != 0 && t.cloneTime != 0 && number(out, Math.max(0, t.cloneTime - t.exeCtime)));
            case "proc.exe_ino.ctime_duration_pidns_start" -> thread(info, null, (t, c, out) -> t.exeCtime != 0
                    && t.pidnsInitStart != 0 && number(out, Math.max(0, t.exeCtime - t.pidnsInitStart)));
            case "proc.pidns_init_start_ts" -> thread(info, null, (t, c, out) -> nonZero(out, t.pidnsInitStart));
            case "proc.fdopencount" -> thread(info, null, (t, c, out) -> number(out, t.fds().size()));
            case "proc.fdlimit" -> thread(info, null, (t, c, out) -> number(out, t.fdLimit()));
            case "proc.fdusage" -> thread(info, null, (t, c, out) -> {
                out.setReal(t.fdLimit() > 0 ? t.fds().size() * 100.0 / t.fdLimit() : 0);
                return true;
            });
            case "proc.vmsize" -> thread(info, null, (t, c, out) -> number(out, t.vmSize));
            case "proc.vmrss" -> thread(info, null, (t, c, out) -> number(out, t.vmRss));
            case "proc.vmswap" -> thread(info, null, (t, c, out) -> number(out, t.vmSwap));
            case "proc.nthreads" -> thread(info, null, (t, c, out) -> number(out, c.state().threads().threadsOf(t.pid)));
            case "proc.nchilds" -> thread(info, null, (t, c, out) -> {
                ThreadInfo process = Lineage.process(t);
                long all = c.state().threads().threadsOf(t.pid);
                return number(out, Math.max(0, process == null || process.isDead() ? all : all - 1));
            });
            case "proc.stdin.type", "proc.stdin.name" -> stream(info, 0);
            case "proc.stdout.type", "proc.stdout.name" -> stream(info, 1);
            case "proc.stderr.type", "proc.stderr.name" -> stream(info, 2);
            case "proc.is_container_healthcheck" -> probe(info, ContainerInfo::healthcheck);
            case "proc.is_container_liveness_probe" -> probe(info, ContainerInfo::livenessProbe);
            case "proc.is_container_readiness_probe" -> probe(info, ContainerInfo::readinessProbe);
            default -> threadField(info, argument);
        };
    }

    private Field threadField(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "thread.tid" -> new BoundField(info, null, (c, out) -> id(out, c.event().tid())).cost(1);
            case "thread.ismain" -> thread(info, null, (t, c, out) -> bool(out, t.isMain()));
            case "thread.vtid" -> thread(info, null, (t, c, out) -> number(out, t.vtid) && t.vtid != -1);
            case "thread.nametid" -> thread(info, null, (t, c, out) -> {
                out.startBytes();
                out.append(t.comm.array(), 0, t.comm.length());
                out.appendDecimal(c.event().tid());
                return true;
            });
            case "thread.cap_permitted" -> thread(info, null, (t, c, out) -> ProcessTexts.capabilities(t.capPermitted, out));
            case "thread.cap_inheritable" -> thread(info, null,
                    (t, c, out) -> ProcessTexts.capabilities(t.capInheritable, out));
            case "thread.cap_effective" -> thread(info, null, (t, c, out) -> ProcessTexts.capabilities(t.capEffective, out));
            case "thread.pfmajor" -> thread(info, null, (t, c, out) -> number(out, t.pfMajor));
            case "thread.pfminor" -> thread(info, null, (t, c, out) -> number(out, t.pfMinor));
            case "thread.exectime" -> new BoundField(info, null, new SliceTimes());
            case "thread.totexectime" -> new BoundField(info, null, new TotalTimes());
            case "thread.cgroups" -> thread(info, null, (t, c, out) -> {
                out.startBytes();
                ProcessTexts.joined(t.cgroups, out);
                return !t.cgroups.isEmpty();
            });
            case "thread.cgroup" -> {
                byte[] name = Text.of(argument).array();
                yield thread(info, argument, (t, c, out) -> ProcessTexts.variable(t.cgroups, name, out));
            }
            case "thread.cpu" -> cpu(info, true, true);
            case "thread.cpu.user" -> cpu(info, true, false);
            case "thread.cpu.system" -> cpu(info, false, true);
            case "thread.call", "thread.call.age", "thread.call.fd", "thread.call.fdname" -> calls.create(info);
            case "thread.vmsize" -> thread(info, null, (t, c, out) -> number(out, t.isMain() ? t.vmSize : 0));
            case "thread.vmrss" -> thread(info, null, (t, c, out) -> number(out, t.isMain() ? t.vmRss : 0));
            case "thread.vmsize.b" -> thread(info, null, (t, c, out) -> number(out, t.isMain() ? t.vmSize * KIB : 0));
            case "thread.vmrss.b" -> thread(info, null, (t, c, out) -> number(out, t.isMain() ? t.vmRss * KIB : 0));
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    /** An id as the kernel can have it; anything else is missing. */
    private static boolean id(FieldValue out, long value) {
        out.setNumber(value);
        return value >= -1 && value <= MAX_ID;
    }

    private static Field parent(FieldInfo info, ThreadGetter getter) {
        return thread(info, null, (t, c, out) -> {
            ThreadInfo parent = c.state().parent(t);
            return parent != null && getter.get(parent, c, out);
        });
    }

    private static Field leader(FieldInfo info, Lineage.SharedId id, ThreadGetter getter) {
        return thread(info, null, (t, c, out) -> getter.get(Lineage.leader(c.state(), t, id), c, out)).cost(40);
    }

    private static Field arguments(FieldInfo info, String argument) throws FieldException {
        if (argument == null) {
            return thread(info, null, (t, c, out) -> ProcessTexts.arguments(t, out)).cost(40);
        }
        int index = index(argument);
        if (index < 0) {
            throw notANumber(info, argument);
        }
        return thread(info, argument,
                (t, c, out) -> index < t.args.parts().size() && text(out, t.args.parts().get(index)));
    }

    private static Field environment(FieldInfo info, String argument) {
        if (argument == null) {
            return thread(info, null, (t, c, out) -> ProcessTexts.environment(t, out)).cost(200);
        }
        byte[] name = Text.of(argument).array();
        return thread(info, argument, (t, c, out) -> {
            if (!ProcessTexts.variable(t.env(), name, out)) {
                out.startBytes();
            }
            return true;
        }).cost(100);
    }

    /** The oldest process in the line whose name ends with {@code sh}. */
    private static boolean loginShell(ThreadInfo thread, EventContext context, FieldValue out) {
        ThreadInfo at = Lineage.process(thread);
        boolean found = false;
        for (int i = 0; at != null && !Lineage.isTooDeep(i); i++) {
            int n = at.comm.length();
            if (n >= 2 && at.comm.byteAt(n - 2) == 's' && at.comm.byteAt(n - 1) == 'h') {
                out.setNumber(at.pid);
                found = true;
            }
            at = Lineage.parent(context.state(), at);
        }
        return found;
    }

    private static Field stream(FieldInfo info, int fd) {
        boolean type = info.name().endsWith(".type");
        return thread(info, null, (t, c, out) -> {
            FdInfo stream = t.fd(fd);
            return stream != null && (type ? ascii(out, stream.type.typeName()) : text(out, stream.name));
        });
    }

    /** No engine tells which processes its probes start, so what is known is that nothing says so. */
    private Field probe(FieldInfo info, ProbeProcess.Command command) {
        ProbeProcess probe = new ProbeProcess(containers, command);
        return thread(info, null, (t, c, out) -> bool(out, probe.isPartOf(t, c.state())));
    }

    private static Field cpu(FieldInfo info, boolean user, boolean system) {
        return new BoundField(info, null, new CpuUse(user, system)).only((code, call) -> code == EventCodes.PPME_PROCINFO_E);
    }
}
