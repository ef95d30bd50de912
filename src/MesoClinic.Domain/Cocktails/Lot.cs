namespace MesoClinic.Domain.Cocktails;

/// <summary>One delivery batch of a product; what traces an ampoule to a patient.</summary>
public sealed class Lot : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ProductId { get; init; }
    public Product? Product { get; init; }

    /// <summary>As it stands on the label.</summary>
    public required string Number
    {
        get;
        init => (field, NumberKey) = (value, KeyOf(value));
    }

    /// <summary>The number as it is compared and searched by; one product has it once.</summary>
    public string NumberKey { get; private set; } = "";

    /// <summary>Last day of use.</summary>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>Day of the first delivery.</summary>
    public required DateOnly ReceivedOn { get; init; }
    public required int AmpoulesReceived { get; set; }

    /// <summary>What has not left the stock: sealed on the shelf, or opened in a session whose record is not signed yet.</summary>
    public required int AmpoulesLeft { get; set; }

    /// <summary>Of these the ones that sessions in progress have opened: they serve one patient each, and leave the stock when that record is signed.</summary>
    public int AmpoulesOpen { get; set; }

    /// <summary>Sealed ones: what may still be taken.</summary>
    public int AmpoulesFree => AmpoulesLeft - AmpoulesOpen;

    /// <summary>Set while the lot is recalled; each recall, also one that was lifted again, stands in <see cref="LotRecall"/>.</summary>
    public DateTime? RecalledUtc { get; set; }
    public string? RecallReason { get; set; }
    public Guid Version { get; set; }

    /// <summary>Letters and digits in capitals: "ha 26/04", "HA-2604" and "HA2604" are one number, however it is printed or typed.</summary>
    public static string KeyOf(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }
}
