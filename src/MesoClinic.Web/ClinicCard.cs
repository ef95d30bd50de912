namespace MesoClinic.Web;

/// <summary>What every page says of the clinic.</summary>
/// <param name="Phone">As people read it; spaces are left out when it is dialled.</param>
/// <param name="EmergencyNumber">The country's number, such as "112".</param>
/// <param name="Demo">Made-up people: every page carries the banner.</param>
public sealed record ClinicCard(string Name, string Phone, string EmergencyNumber, bool Demo, string EmergencyKit = "")
{
    public bool HasPhone => Phone.Any(char.IsAsciiDigit);

    public string PhoneHref => "tel:" + string.Concat(Phone.Where(c => char.IsAsciiDigit(c) || c == '+'));
}

/// <summary>Holds the card; replaced as a whole when the clinic's settings change.</summary>
public sealed class ClinicCardSource(ClinicCard card)
{
    private volatile ClinicCard _card = card;

    /// <summary>What stands before a clinic has been set up.</summary>
    public static readonly ClinicCard None = new("MesoClinic", "", "", Demo: false);

    public ClinicCard Current
    {
        get => _card;
        set => _card = value;
    }
}
