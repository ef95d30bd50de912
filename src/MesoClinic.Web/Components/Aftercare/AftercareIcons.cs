namespace MesoClinic.Web.Components.Aftercare;

/// <summary>An icon for each category of the aftercare table.</summary>
internal static class AftercareIcons
{
    public static string For(string category) => category switch
    {
        "heat" => "heat",
        "sun" or "SPF" or "eye-area-sunglasses" => "sun",
        "sport" or "swimming" => "sport",
        "touch" or "mechanical" => "hand",
        "sleep" => "moon",
        "alcohol/caffeine" => "glass",
        "diet" => "food",
        "cosmetics" => "makeup",
        "other-procedures" => "syringe",
        "washing" => "wash",
        "ointments" => "tube",
        "cold-compress" => "drop",
        "contact" => "phone",
        _ => "pill",
    };
}
