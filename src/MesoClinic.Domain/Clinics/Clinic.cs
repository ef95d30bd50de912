using MesoClinic.Domain.Booking;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Domain.Clinics;

/// <summary>The one clinic of an installation and its settings.</summary>
public sealed class Clinic : IVersioned
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public required string Name { get; set; }
    public required string Phone { get; set; }

    /// <summary>What a patient dials in an emergency, such as 112.</summary>
    public required string EmergencyNumber { get; set; }

    /// <summary>Where the emergency kit and the clinic's protocol lie, and who helps. The emergency card shows it to everybody in the room, also on a locked screen.</summary>
    public string EmergencyKit { get; set; } = "";

    /// <summary>Whom to ask when the clinic is closed.</summary>
    public string OutOfHoursAdvice { get; set; } = "";

    /// <summary>IANA id, such as "Europe/London".</summary>
    public required string TimeZone { get; set; }
    public Hemisphere Hemisphere { get; set; }

    /// <summary>Opening hours by weekday; a weekday that is not listed is closed.</summary>
    public List<DayHours> Hours { get; set; } = DayHours.EveryDay(new(9, 0), new(19, 0));
    public VisitLengths VisitLengths { get; set; } = new();
    public Reminders Reminders { get; set; } = new();

    /// <summary>How long an offer from the waitlist holds its time, 1 to 48 hours.</summary>
    public int OfferHours { get; set; } = 2;

    /// <summary>For how many months a consent to a treatment or an anaesthetic counts. No source gives a figure: it is the clinic's own choice.</summary>
    public int ConsentMonths { get; set; } = 12;

    /// <summary>Whether a cosmetologist may book in a colleague's column.</summary>
    public bool AnyoneBooksAnyColumn { get; set; } = true;

    /// <summary>Made-up people only: set when the demo clinic is filled, and never afterwards.</summary>
    public bool IsDemo { get; init; }
    public Guid Version { get; set; }
}
