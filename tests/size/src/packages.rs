//! What mini-programs and React Native load: the package of `templates/mini`.

use std::path::Path;

use anyhow::{Context as _, Result};
use taro_socket_pack::{Options, Target, pack};

use crate::method::Method;

/// A package, in bytes after brotli.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) platform: &'static str,
    pub(crate) method: Method,
    pub(crate) script: usize,
    /// `None` where all is plain JavaScript.
    pub(crate) wasm: Option<usize>,
    /// Most bytes together; `docs/SIZE.md` says why.
    pub(crate) goal: usize,
}

impl Package {
    /// Both files together.
    pub(crate) fn loaded(&self) -> usize {
        self.script + self.wasm.unwrap_or_default()
    }
}

/// A platform, its title and its goal.
type Platform = (Target, &'static str, usize);

const PLATFORMS: &[Platform] = &[
    (Target::Weapp, "WeChat, WebAssembly", 22 * 1024),
    (Target::Alipay, "Alipay, plain JavaScript", 32 * 1024),
    (Target::Rn, "React Native, plain JavaScript", 32 * 1024),
];

/// With its own adapter alone, as an app is packed that runs on one platform.
fn options(target: Target, method: Method, out: &Path) -> Options {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/mini");
    let mut options = Options::new(target, template);
    options.out = Some(out.join(method.key()).join(target.key()));
    options.default_features = false;
    options.features = vec![target.key().to_owned()];
    options.rebuild_std = method.rebuilds_std();
    options
}

/// Packs the template for each platform by each of these methods, into a folder of `out`.
pub(crate) fn measure(methods: &[Method], out: &Path) -> Result<Vec<Package>> {
    let all = Method::each(methods, |method| {
        let packed = PLATFORMS
            .iter()
            .map(|&platform| packed(platform, method, out));
        packed.collect::<Result<Vec<_>>>()
    })?;
    Ok(all.into_iter().flatten().collect())
}

fn packed(platform: Platform, method: Method, out: &Path) -> Result<Package> {
    let (target, platform, goal) = platform;
    println!("packing for {}, {}", target.key(), method.key());
    let packed = pack(&options(target, method, out))?;
    let bytes = |ending: &str| {
        let file = packed.files.iter().find(|file| file.name.ends_with(ending));
        file.map(|file| file.brotli)
    };
    Ok(Package {
        platform,
        method,
        script: bytes("index.js").context("the package has no index.js")?,
        wasm: bytes(".wasm"),
        goal,
    })
}
