// SPDX-License-Identifier: Apache-2.0
package org.poolsim.storage;

/** An SR driver, with what the data path needs to know of it. */
public enum SrType {
  EXT(Image.FILE, Protocol.LOCAL),
  LVM(Image.LVM, Protocol.LOCAL),
  NFS(Image.FILE, Protocol.NFS),
  SMB(Image.FILE, Protocol.NFS),
  LVMOISCSI(Image.LVM, Protocol.ISCSI),
  LVMOHBA(Image.LVM, Protocol.LOCAL),
  ISO(Image.FILE, Protocol.NFS),
  UDEV(Image.RAW, Protocol.LOCAL),
  RAWISCSI(Image.RAW, Protocol.ISCSI),
  RAWHBA(Image.RAW, Protocol.LOCAL),
  GFS2(Image.FILE, Protocol.ISCSI);

  private final Image image;
  private final Protocol protocol;

  SrType(Image image, Protocol protocol) {
    this.image = image;
    this.protocol = protocol;
  }

  /** Returns how images are kept. */
  public Image image() {
    return image;
  }

  /** Returns how dom0 reaches the device. */
  public Protocol protocol() {
    return protocol;
  }

  /** How images are kept. */
  public enum Image {
    FILE,
    LVM,
    RAW
  }

  /** How dom0 reaches the device. */
  public enum Protocol {
    /** A disk or host bus adapter. */
    LOCAL,
    /** A file protocol over the network. */
    NFS,
    /** A block protocol over the network. */
    ISCSI
  }
}
