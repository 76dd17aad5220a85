package org.syscope.cli;

import java.util.HashMap;
import java.util.Map;
import org.syscope.capture.event.Signature;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.SignalNames;
import org.syscope.filters.text.TextEscape;

/** Arguments of a call that is not over, out of the registers with which it was entered. */
final class CallArguments {

    private static final int AT_FDCWD = -100;
    private static final int MAX_TEXT = 256;

    /**
     * Calls that can take long and have event types of their own, as the kernel declares them (include/linux/syscalls.h):
     * an event type tells parameters, not registers.
     */
    private static final Map<String, Signature> SIGNATURES = new HashMap<>();

    static {
        for (String row : """
                read fd:fd;buf:ptr;count:size
                write fd:fd;buf:ptr;count:size
                pread64 fd:fd;buf:ptr;count:size;pos:off
                pwrite64 fd:fd;buf:ptr;count:size;pos:off
                readv fd:fd;vec:ptr;vlen:ulong
                writev fd:fd;vec:ptr;vlen:ulong
                preadv fd:fd;vec:ptr;vlen:ulong;pos:off
                pwritev fd:fd;vec:ptr;vlen:ulong;pos:off
                sendfile out_fd:fd;in_fd:fd;offset:ptr;count:size
                copy_file_range fd_in:fd;off_in:ptr;fd_out:fd;off_out:ptr;len:size;flags:flags
                splice fd_in:fd;off_in:ptr;fd_out:fd;off_out:ptr;len:size;flags:flags
                open filename:str;flags:flags;mode:mode
                openat dfd:fd;filename:str;flags:flags;mode:mode
                openat2 dfd:fd;filename:str;how:ptr;usize:size
                creat pathname:str;mode:mode
                close fd:fd
                ioctl fd:fd;cmd:flags;arg:ulong
                fcntl fd:fd;cmd:uint;arg:ulong
                flock fd:fd;cmd:flags
                stat filename:str;statbuf:ptr
                lstat filename:str;statbuf:ptr
                fstat fd:fd;statbuf:ptr
                newfstatat dfd:fd;filename:str;statbuf:ptr;flag:flags
                access filename:str;mode:mode
                unlink pathname:str
                unlinkat dfd:fd;pathname:str;flag:flags
                rename oldname:str;newname:str
                renameat olddfd:fd;oldname:str;newdfd:fd;newname:str
                renameat2 olddfd:fd;oldname:str;newdfd:fd;newname:str;flags:flags
                mkdir pathname:str;mode:mode
                mkdirat dfd:fd;pathname:str;mode:mode
                rmdir pathname:str
                chdir filename:str
                mount dev_name:str;dir_name:str;type:str;flags:flags;data:ptr
                umount2 name:str;flags:flags
                getdents fd:fd;dirent:ptr;count:uint
                getdents64 fd:fd;dirent:ptr;count:uint
                poll ufds:ptr;nfds:uint;timeout:int
                ppoll ufds:ptr;nfds:uint;tsp:ptr;sigmask:ptr;sigsetsize:size
                select n:int;inp:ptr;outp:ptr;exp:ptr;tvp:ptr
                epoll_wait epfd:fd;events:ptr;maxevents:int;timeout:int
                nanosleep rqtp:ptr;rmtp:ptr
                futex uaddr:ptr;op:flags;val:uint;utime:ptr;uaddr2:ptr;val3:uint
                accept fd:fd;upeer_sockaddr:ptr;upeer_addrlen:ptr
                accept4 fd:fd;upeer_sockaddr:ptr;upeer_addrlen:ptr;flags:flags
                connect fd:fd;uservaddr:ptr;addrlen:int
                sendto fd:fd;buff:ptr;len:size;flags:flags;addr:ptr;addr_len:int
                recvfrom fd:fd;ubuf:ptr;size:size;flags:flags;addr:ptr;addr_len:ptr
                sendmsg fd:fd;msg:ptr;flags:flags
                recvmsg fd:fd;msg:ptr;flags:flags
                sendmmsg fd:fd;mmsg:ptr;vlen:uint;flags:flags
                recvmmsg fd:fd;mmsg:ptr;vlen:uint;flags:flags;timeout:ptr
                shutdown fd:fd;how:int
                semop semid:int;tsops:ptr;nsops:uint
                io_uring_enter fd:fd;to_submit:uint;min_complete:uint;flags:flags;argp:ptr;argsz:size
                ptrace request:long;pid:pid;addr:ptr;data:ptr
                kill pid:pid;sig:sig
                execve filename:str;argv:ptr;envp:ptr
                execveat fd:fd;filename:str;argv:ptr;envp:ptr;flags:flags
                vfork -
                fork -
                clone clone_flags:flags;newsp:ptr
                clone3 uargs:ptr;size:size
                """.lines().toList()) {
            int blank = row.indexOf(' ');
            SIGNATURES.put(row.substring(0, blank), Signature.parse(row.substring(blank + 1)));
        }
    }

    private final SystemState state;
    private final ProcSystem proc;

    CallArguments(SystemState state, ProcSystem proc) {
        this.state = state;
        this.proc = proc;
    }

    /**
     * Adds a blank and {@code name=value} for each argument; nothing where the names are not known.
     *
     * @param thread who made the call; null if it is not known
     */
    void append(OutputBuffer out, Syscall call, long tid, ThreadInfo thread, long[] registers) {
        Signature signature = SIGNATURES.getOrDefault(call.name(), SyscallTable.signature(call.code()));
        for (int i = 0; i < signature.arguments().size(); i++) {
            Signature.Argument argument = signature.arguments().get(i);
            out.append(' ');
            out.ascii(argument.name());
            out.append('=');
            value(out, argument.kind(), argument.kind().number(registers[i]), tid, thread);
        }
    }

    private void value(OutputBuffer out, Signature.Kind kind, long value, long tid, ThreadInfo thread) {
        switch (kind) {
            case FLAGS, PTR, OUT -> out.hexUpper(value);
            case MODE -> out.octal(value);
            case ULONG, SIZE -> out.unsigned(value);
            case STR -> text(out, value, tid);
            default -> out.decimal(value);
        }
        switch (kind) {
            case FD -> fd(out, value, thread);
            case PID -> {
                ThreadInfo other = value <= 0 ? null : state.threads().get(value);
                bracketed(out, other == null ? null : other.comm);
            }
            case SIG -> {
                String name = SignalNames.of((int) value);
                bracketed(out, name == null ? null : Text.of(name));
            }
            default -> {
                // the number says it all
            }
        }
    }

    private void text(OutputBuffer out, long address, long tid) {
        Text text = address == 0 ? null : proc.memoryText(tid, address, MAX_TEXT);
        if (text == null) {
            out.hexUpper(address);
        } else {
            TextEscape.append(out, text.array(), 0, text.length());
        }
    }

    private void fd(OutputBuffer out, long number, ThreadInfo thread) {
        if (number == AT_FDCWD) {
            out.ascii("(AT_FDCWD)");
            return;
        }
        FdInfo fd = thread == null || number < 0 ? null : thread.fd(number);
        if (fd == null && thread != null && number >= 0) {
            fd = proc.lookupFd(thread, number, state);
        }
        if (fd != null) {
            out.ascii("(<");
            out.append(fd.type.character());
            out.append('>');
            TextEscape.append(out, fd.name.array(), 0, fd.name.length());
            out.append(')');
        }
    }

    private static void bracketed(OutputBuffer out, Text name) {
        if (name != null) {
            out.append('(');
            TextEscape.append(out, name.array(), 0, name.length());
            out.append(')');
        }
    }
}
