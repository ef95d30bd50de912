using System.Text.Json;
using System.Text.Json.Serialization;
using MesoClinic.Domain.Photos;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Application.Clinics.Demo;

/// <summary>A made-up patient of the demo clinic, as seeds/demo/patients.json describes them.</summary>
internal sealed record DemoPatient
{
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required DateOnly Born { get; init; }
    public required Sex Sex { get; init; }
    public required string Phone { get; init; }
    public required int Phototype { get; init; }
    public required string Indication { get; init; }

    /// <summary>Sessions already done, and how many days ago the newest was.</summary>
    public required int Sessions { get; init; }
    public required int LastSessionDaysAgo { get; init; }
    public required string Practitioner { get; init; }

    /// <summary>Days from today to the next appointment; null = none.</summary>
    public int? Next { get; init; }

    /// <summary>Kind of the next appointment; a session unless said.</summary>
    public string Kind { get; init; } = "session";

    /// <summary>What makes this patient worth looking at.</summary>
    public string? Story { get; init; }

    /// <summary>Holds the demo patient's sign-in.</summary>
    public bool Account { get; init; }
    public IReadOnlyList<DemoPicture> Photos { get; init; } = [];
}

/// <param name="Session">Number of the session in which it was taken.</param>
/// <param name="File">In seeds/demo/photos.</param>
internal sealed record DemoPicture(int Session, PhotoMoment Moment, string View, string File);

internal sealed record DemoProduct(string Name, string Manufacturer, string LotPrefix, string Gtin, IReadOnlyList<Domain.Cocktails.ProductIngredient> Ingredients, IReadOnlyList<string> LabelFreeOf, decimal? AmpouleMl = null);

internal sealed record DemoSeeds(IReadOnlyList<DemoPatient> Patients, IReadOnlyList<DemoProduct> Products)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public static DemoSeeds Load(string folder) => new(Read<DemoPatient>(folder, "patients.json"), Read<DemoProduct>(folder, "products.json"));

    private static List<T> Read<T>(string folder, string file) => JsonSerializer.Deserialize<List<T>>(File.ReadAllBytes(Path.Combine(folder, file)), Options)!;
}
