/**
 * Capture files (.scap): read in every generation since 2013, written in the newest one. {@link
 * org.syscope.capture.scap.ScapReader} gives out events as views of the file's bytes and fills the state from the lists
 * before them; {@link org.syscope.capture.scap.ScapWriter} records both. This package never changes a recorded event,
 * never follows what events do to the state, and never renders text.
 *
 * <h2>Framing</h2>
 * A capture is a sequence of blocks, framed as in pcapng, whose section header it shares; the whole may be gzip. Numbers
 * are little endian, nothing is aligned except that each block's length is a multiple of 4. A capture may be appended to
 * another: its section header begins it anew.
 * <pre>
 *  offset 0      4         8                     length - 4
 *        +------+---------+------------------------+--------+
 *        | type | length  | body, padding to 4     | length |
 *        | u32  | u32     |                        | u32    |
 *        +------+---------+------------------------+--------+
 *        |&lt;------------------- length ----------------------&gt;|
 * </pre>
 * <table>
 * <caption>Block types; in brackets the id before the first release of the format</caption>
 * <tr><th>name</th><th>type</th><th>what is in it</th></tr>
 * <tr><td>SHB</td><td>0x0A0D0D0A</td><td>section header: first block</td></tr>
 * <tr><td>writer</td><td>0x80007ED9</td><td>what wrote it: this project's own, others pass over it</td></tr>
 * <tr><td>MI</td><td>0x201 (0x8002ABCD)</td><td>the machine</td></tr>
 * <tr><td>PL_V1 to PL_V3</td><td>0x202, 0x207, 0x209 (0x8000ABCD, 0x8013ABCD, 0x8014ABCD)</td><td>threads</td></tr>
 * <tr><td>PL_V4 to PL_V9</td><td>0x210 to 0x215</td><td>threads; written today: V9</td></tr>
 * <tr><td>FDL, FDL_V2</td><td>0x203 (0x8001ABCD), 0x218</td><td>fds of one thread</td></tr>
 * <tr><td>IL, IL_V2</td><td>0x205 (0x8011ABCD), 0x219</td><td>network interfaces</td></tr>
 * <tr><td>UL, UL_V2</td><td>0x206 (0x8012ABCD), 0x220</td><td>users and groups</td></tr>
 * <tr><td>EV, EVF</td><td>0x204 (0x8010ABCD), 0x208</td><td>event without parameter count; with flags</td></tr>
 * <tr><td>EV_V2, EVF_V2</td><td>0x216, 0x217</td><td>event of at most 64 KiB; with flags</td></tr>
 * <tr><td>EV_V2_LARGE, EVF_V2_LARGE</td><td>0x221, 0x222</td><td>event of any length; with flags</td></tr>
 * </table>
 *
 * <h2>Section header (SHB) and machine (MI)</h2>
 * <pre>
 *  SHB  +------------------+-----------+-----------+------------------------+- - - - - - - - -+
 *       | magic 1a2b3c4d   | major u16 | minor u16 | section length u64     | pcapng options  |
 *       | u32              | 1         | 0 to 2    | 2^64-1: not known      | passed over     |
 *       +------------------+-----------+-----------+------------------------+- - - - - - - - -+
 *  MI   +----------+--------------+------------+-----------------+------------+---------+------+------+
 *       | cpus u32 | memory, u64  | max pid    | host name       | boot, ns   | flags   | 0    | 0    |
 *       |          | bytes        | u64        | 128 bytes, NULs | since 1970 | u64     | u64  | u64  |
 *       +----------+--------------+------------+-----------------+------------+---------+------+------+
 *  writer | 4 u16 | length u16 | name and version, padded to 4 | 0 u32 |        (pcapng options)
 * </pre>
 *
 * <h2>Threads (PL)</h2>
 * Entries back to back, until fewer than 4 bytes are left. A <i>string</i> is a u16 length and as many bytes, without a
 * NUL; args, environment and cgroups are strings of NUL-ended strings.
 * <pre>
 *  V9      entry length u32, counts itself
 *  all     tid u64, pid u64, parent u64
 *  V6-     session u64
 *  V8-     process group in its namespace u64
 *  all     comm string, exe string
 *  V7-     exepath string
 *  all     args string, cwd string, fd limit i64, flags u32, uid u32, gid u32
 *  V2-     memory size, resident, swapped: u32 KiB each; major, minor page faults: u64 each
 *  V3-     environment string
 *  V4-     tid, pid in its namespace: i64 each; cgroups string
 *  V5-     root string
 *  V9      each only if the entry still has room for it:
 *          namespace start u64 ns, tty u32    (both absent where 29 bytes or fewer are left: older V9)
 *          login uid u32, executable writable u8, capabilities inheritable, permitted, effective u64 each,
 *          upper layer u8, inode u64, ctime u64 ns, mtime u64 ns, memfd u8, lower layer u8, process group i64
 *          (what a newer version has added is passed over)
 * </pre>
 *
 * <h2>File descriptors (FDL)</h2>
 * A u64 tid, then entries until fewer than 4 bytes are left; types are those of
 * {@link org.syscope.capture.state.FdType}:
 * <pre>
 *  +--------------------------+--------+-----------+---------+------------------+
 *  | entry length u32, V2     | fd i64 | inode u64 | type u8 | by type          |
 *  | only, counts itself      |        |           |         |                  |
 *  +--------------------------+--------+-----------+---------+------------------+
 *   3 ipv4          source, destination u32 each in network order; their ports u16 each; protocol u8
 *   4 ipv6          the same with 16 bytes each
 *   5, 6 bound      address u32 or 16 bytes, port u16, protocol u8
 *   8 unix          source pointer u64, destination pointer u64, name string
 *   16 file         open flags u32, name string, device u32 (only if the entry has room for it)
 *   others          name string
 * </pre>
 *
 * <h2>Interfaces (IL) and users (UL)</h2>
 * <pre>
 *  IL   [V2: entry length u32, does not count itself], type u16, name length u16, address, netmask, broadcast address,
 *       [types 1, 2: link speed u64], name.  Types 1 and 3: addresses of 4 bytes; 2 and 4: of 16 bytes
 *  UL   [V2: entry length u32, counts itself], kind u8,
 *       kind 0: uid u32, gid u32, name, home, shell strings;  others: gid u32, name string
 * </pre>
 *
 * <h2>Events</h2>
 * The event's own layout is {@link org.syscope.capture.event.Event}'s.
 * <pre>
 *  +---------+------------------+--------------------+-----------+- - - - - - - - -+
 *  | cpu u16 | [EVF: flags u32] | event              | pad to 4  | pcapng options  |
 *  +---------+------------------+--------------------+-----------+- - - - - - - - -+
 * </pre>
 * What an event has no room for (how long a call took, arguments of generic calls) goes behind it as a pcapng custom
 * option, drawn in {@link org.syscope.capture.event.EventOptions}. Flag 1 marks events that only update the state. EV and
 * EVF events lack the parameter count of the event's header; it is
 * worked out from the lengths.
 *
 * <h2>Gzip</h2>
 * Any gzip file is read. Written ones are members of at most 4 MiB of whole blocks each (more only where one block is
 * longer), which say in an extra field how long they are, so that a reader can begin at any of them:
 * <pre>
 *  +-------+------+------+-------+-----+--------+--------+---------+-------+-------------+----------+---------+-------+-------+
 *  | 1f 8b | 8 u8 | 4 u8 | 0 u32 | 0   | 255 u8 | 12 u16 | 'S' 'C' | 8 u16 | length of   | length   | deflate | CRC32 | ISIZE |
 *  |       |      |      |       | u8  |        |        |         |       | member, u32 | data u32 |         | u32   | u32   |
 *  +-------+------+------+-------+-----+--------+--------+---------+-------+-------------+----------+---------+-------+-------+
 * </pre>
 */
package org.syscope.capture.scap;
