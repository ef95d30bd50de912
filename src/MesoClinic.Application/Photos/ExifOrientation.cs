using System.Buffers.Binary;

namespace MesoClinic.Application.Photos;

/// <summary>How a camera was held. It is the one thing of a photo's hidden data that is kept; place, time, device and previews are not.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;

    /// <summary>1 to 8; 1 also where nothing, or nothing sensible, is said.</summary>
    /// <param name="tiff">The TIFF structure inside an EXIF block.</param>
    public static int Of(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff[..2].SequenceEqual("II"u8) || tiff[..2].SequenceEqual("MM"u8)))
        {
            return 1;
        }

        var little = tiff[0] == (byte)'I';
        var start = U32(tiff[4..], little);
        if (U16(tiff[2..], little) != 42 || start > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)start..];
        var count = U16(entries, little);
        for (var i = 0; i < count && 2 + (12 * (i + 1)) <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + (12 * i), 12);
            if (U16(entry, little) == Tag)
            {
                return U16(entry[8..], little) is >= 1 and <= 8 and var orientation ? orientation : 1;
            }
        }

        return 1;
    }

    /// <summary>A block that says the orientation and nothing else.</summary>
    public static byte[] Tiff(int orientation) =>
    [
        .. "MM"u8, 0, 42, 0, 0, 0, 8,
        0, 1, Tag >> 8, Tag & 0xFF, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static int U16(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
