/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Operations of io_uring: structures for drivers that are compiled against headers of Linux 6.0 or newer. */
#ifndef SYSCOPE_IO_URING_TYPES_H
#define SYSCOPE_IO_URING_TYPES_H

#include <linux/version.h>
#include <linux/io_uring_types.h>

/* The beginnings of what the operations keep in a request, which is in no header (io_uring/rw.c, net.c, openclose.c). */
struct io_rw {
	struct kiocb kiocb;
	u64 addr;
	u32 len;
};

struct io_sr_msg {
	struct file *file;
	void *buf;
	unsigned int len;
};

struct io_close {
	struct file *file;
	int fd;
	u32 file_slot;
};

struct io_open {
	struct file *file;
	int dfd;
	u32 file_slot;
};

struct io_accept {
	struct file *file;
	void *addr, *addr_len;
	int flags;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 10, 0)
	int iou_flags;
#endif
	u32 file_slot;
};

struct io_socket {
	struct file *file;
	int domain, type, protocol, flags;
	u32 file_slot;
};

#endif
