namespace MesoClinic.Domain.Photos;

/// <summary>A photograph of a patient, before or after treatments. The picture lies encrypted in a file of its own; this row says what it is and holds its key.</summary>
public sealed class Photo
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PatientId { get; init; }

    /// <summary>The session in whose record it stands; null = taken at a consultation or a check-up.</summary>
    public Guid? SessionId { get; init; }
    public required PhotoMoment Moment { get; init; }

    /// <summary>The drawn view of the body that it shows ("face-front" …).</summary>
    public required string View { get; init; }
    public required DateTime TakenUtc { get; init; }
    public required Guid TakenById { get; init; }
    public required PhotoFormat Format { get; init; }

    /// <summary>In pixels, as the picture is stored.</summary>
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>How it must be turned to stand upright, 1 to 8 as in EXIF; 1 = it does already.</summary>
    public required int Orientation { get; init; }

    /// <summary>Size of the picture in bytes, unencrypted.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the picture, in hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Name of its file, which says nothing.</summary>
    public required string File { get; init; }

    /// <summary>The key of its file, itself encrypted; empty once the picture is destroyed.</summary>
    public required string Key { get; set; }
    public DateTime? RemovedUtc { get; private set; }
    public Guid? RemovedById { get; private set; }
    public string? RemovedReason { get; private set; }

    /// <summary>Takes it out of view for good. Without its key nobody can ever read the file again; part of a signed record keeps it, locked away.</summary>
    public void Remove(DateTime atUtc, Guid by, string reason, bool destroy)
    {
        if (RemovedUtc is not null)
        {
            throw new InvalidOperationException("This photo is removed already.");
        }

        (RemovedUtc, RemovedById, RemovedReason, Key) = (atUtc, by, reason, destroy ? "" : Key);
    }
}

public enum PhotoMoment
{
    Before,
    After,
}

public enum PhotoFormat
{
    Jpeg,
    Png,
}

/// <summary>The views in which photographs are taken: those of the drawn body, whose outlines serve as guides for the pose.</summary>
public static class PhotoViews
{
    public static readonly IReadOnlyList<string> All = ["face-front", "face-left", "face-right", "neck-decollete", "hands", "scalp-top", "body-front", "body-back"];
}
