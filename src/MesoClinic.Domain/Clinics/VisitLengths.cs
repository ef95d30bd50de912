using MesoClinic.Domain.Booking;

namespace MesoClinic.Domain.Clinics;

/// <summary>How long a visit usually takes, in minutes on the 5-minute grid. The source documents give no lengths: they are the clinic's own.</summary>
public sealed record VisitLengths
{
    public int Consultation { get; init; } = 30;
    public int AllergyTest { get; init; } = 20;

    /// <summary>A session in one area.</summary>
    public int Session { get; init; } = 30;
    public int FollowUp { get; init; } = 20;

    /// <summary>What every further area adds to a session.</summary>
    public int FurtherArea { get; init; } = 10;

    /// <summary>Never longer than an appointment may be.</summary>
    public int Of(AppointmentKind kind, int areas = 1) => kind switch
    {
        AppointmentKind.Consultation => Consultation,
        AppointmentKind.AllergyTest => AllergyTest,
        AppointmentKind.FollowUp => FollowUp,
        _ => Math.Min(Appointment.LongestMinutes, Session + (FurtherArea * Math.Max(0, areas - 1))),
    };
}
