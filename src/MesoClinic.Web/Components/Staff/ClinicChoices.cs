using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Staff;
using MesoClinic.Rules.Facts;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Staff;

internal static class ClinicChoices
{
    public static readonly IReadOnlyList<Choice> Hemispheres =
    [
        new(nameof(Hemisphere.North), "Northern hemisphere"),
        new(nameof(Hemisphere.South), "Southern hemisphere"),
        new(nameof(Hemisphere.Tropics), "Tropics"),
    ];

    public static readonly IReadOnlyList<Choice> Qualifications =
    [
        new(nameof(Qualification.None), "None (desk, management)"),
        new(nameof(Qualification.Cosmetologist), "Cosmetologist"),
        new(nameof(Qualification.Nurse), "Nurse"),
        new(nameof(Qualification.Physician), "Physician"),
        new(nameof(Qualification.Dermatologist), "Dermatologist"),
    ];

    public static readonly IReadOnlyList<Choice> LeaveKinds =
    [
        new(nameof(LeaveKind.Holiday), "Holiday"),
        new(nameof(LeaveKind.Training), "Training"),
        new(nameof(LeaveKind.Absent), "Away"),
    ];

    public static readonly IReadOnlyList<Choice> DeviceKinds =
    [
        new(nameof(DeviceKind.Injector), "Automatic injector"),
        new(nameof(DeviceKind.Electrophoresis), "Electrophoresis"),
        new(nameof(DeviceKind.Ultrasound), "Ultrasound (phonophoresis)"),
        new(nameof(DeviceKind.Laser), "Laser"),
        new(nameof(DeviceKind.Electroporation), "Electroporation"),
    ];

    public static readonly IReadOnlyList<TabLinks.Tab> Tabs =
    [
        new("staff", "People"),
        new("staff/hours", "Hours"),
        new("staff/rooms", "Rooms and devices"),
        new("staff/clinic", "Clinic"),
        new("messages", "Messages"),
        new("staff/keys", "API keys"),
    ];
}
