using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MesoClinic.Testing;

/// <summary>Pictures made of their parts, so that each test can break the one that it is about.</summary>
public static class Pictures
{
    public static readonly byte[] End = [0xFF, 0xD9];

    /// <summary>A JPEG with everything a camera hides in one. Its scan is made up: browsers would show noise.</summary>
    public static byte[] Jpeg(int width = 400, int height = 300, int orientation = 1) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, "JFIF\0 and so on"u8), .. Exif(orientation), .. Segment(0xE2, "ICC_PROFILE secret place"u8), .. Segment(0xFE, "taken by secret phone"u8),
        .. Segment(0xDB, new byte[65]), .. Frame(0xC0, width, height), .. Segment(0xC4, new byte[20]), .. Scan(), .. End,
    ];

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> content) => [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    public static byte[] Frame(byte marker, int width, int height, byte components = 3) =>
        Segment(marker, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, components, .. Enumerable.Repeat((byte)1, 3 * components)]);

    /// <summary>With a stuffed FF and a restart, which both belong to it.</summary>
    public static byte[] Scan() => [.. Segment(0xDA, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]), 1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4, 5];

    /// <summary>The least that an EXIF block can say: an orientation, and a place that must not get through.</summary>
    public static byte[] Exif(int orientation) => Segment(0xE1,
        [.. "Exif\0\0II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. "secret place 51.5N 0.1W"u8]);

    /// <summary>A real picture: one colour, so that it stays small.</summary>
    public static byte[] Png(int width = 40, int height = 30, params (string Type, byte[] Content)[] extra)
    {
        var rows = new byte[height * (1 + (3 * width))];
        Array.Fill<byte>(rows, 0x80);
        for (var row = 0; row < height; row++)
        {
            rows[row * (1 + (3 * width))] = 0;
        }

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(rows);
        }

        return [.. Head(width, height), .. extra.SelectMany(chunk => Chunk(chunk.Type, chunk.Content)), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>Signature and first chunk of a PNG of that size.</summary>
    public static byte[] Head(int width, int height)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", head)];
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes(type), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Sum(body));
        return [.. length, .. body, .. sum];
    }

    /// <summary>Bit by bit, in another way than the portal does it.</summary>
    private static uint Sum(byte[] bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
